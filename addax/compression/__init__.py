"""What makes built layers smaller, or cheaper to train."""

from addax.compression.lora import LoRA as LoRA
