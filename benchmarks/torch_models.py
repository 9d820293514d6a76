"""The models of `benchmarks.models` as PyTorch users write them: channels first, logits out."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from itertools import pairwise

import torch
from torch import nn
from torch.nn import functional as F

from benchmarks.models import MOBILENET_V2

_relu = partial(nn.ReLU, inplace=True)
_relu6 = partial(nn.ReLU6, inplace=True)


def _norm(channels: int) -> nn.BatchNorm2d:
    return nn.BatchNorm2d(channels, eps=1e-3, momentum=0.01)  # what 1e-3 and 0.99 are in Keras


def mlp(inputs: int, hidden: int, outputs: int) -> nn.Sequential:
    return nn.Sequential(nn.Linear(inputs, hidden), _relu(), nn.Linear(hidden, outputs))


def mnist_cnn() -> nn.Module:
    features = nn.Conv2d(1, 32, 3), _relu(), nn.MaxPool2d(2), nn.Flatten()
    return nn.Sequential(*features, nn.Linear(13 * 13 * 32, 128), _relu(), nn.Linear(128, 10))


def _conv(inputs: int, filters: int) -> nn.Sequential:
    return nn.Sequential(nn.Conv2d(inputs, filters, 3, padding=1), _relu())


def cifar_cnn() -> nn.Module:
    first = _conv(3, 64), _conv(64, 64), nn.MaxPool2d(2), _norm(64)
    second = _conv(64, 128), nn.MaxPool2d(2), nn.Flatten()
    dense = nn.Linear(8 * 8 * 128, 256), _relu(), nn.Linear(256, 10)
    return nn.Sequential(*first, *second, *dense)


class LSTMText(nn.Module):
    """PyTorch's LSTM has a second bias that adds nothing: 512 parameters more than Keras's."""

    def __init__(self) -> None:
        super().__init__()
        self.embedding = nn.Embedding(10000, 128)
        self.lstm = nn.LSTM(128, 128, batch_first=True)
        self.head = nn.Sequential(nn.Dropout(0.5), nn.Linear(128, 1))

    def forward(self, tokens: torch.Tensor) -> torch.Tensor:
        _, (last, _) = self.lstm(self.embedding(tokens))
        return self.head(last[0])


class BiGRU(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.embedding = nn.Embedding(10000, 64)
        self.gru = nn.GRU(64, 64, batch_first=True, bidirectional=True)
        self.head = nn.Linear(128, 1)

    def forward(self, tokens: torch.Tensor) -> torch.Tensor:
        _, (forwards, backwards) = self.gru(self.embedding(tokens))
        return self.head(torch.cat([forwards, backwards], 1))


def _norm_conv(
    inputs: int,
    filters: int,
    size: int,
    strides: int = 1,
    activation: Callable[[], nn.Module] = _relu,
    groups: int = 1,
) -> nn.Sequential:
    conv = nn.Conv2d(inputs, filters, size, strides, size // 2, groups=groups, bias=False)
    return nn.Sequential(conv, _norm(filters), activation())


class Bottleneck(nn.Module):
    def __init__(self, inputs: int, filters: int, strides: int) -> None:
        super().__init__()
        outputs, plain = 4 * filters, nn.Identity
        widen = strides > 1 or inputs != outputs
        self.straight = _norm_conv(inputs, outputs, 1, strides, plain) if widen else plain()
        self.narrow = nn.Sequential(
            _norm_conv(inputs, filters, 1, strides),
            _norm_conv(filters, filters, 3),
            _norm_conv(filters, outputs, 1, activation=plain),
        )

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return F.relu(self.narrow(x) + self.straight(x), inplace=True)


def _pooled_head(channels: int) -> tuple[nn.Module, ...]:
    return nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(channels, 10)


def resnet50() -> nn.Module:
    parts: list[nn.Module] = [_norm_conv(3, 64, 7, 2), nn.MaxPool2d(3, 2, 1)]
    channels = 64
    for stage, blocks in enumerate((3, 4, 6, 3)):
        for block in range(blocks):
            strides = 2 if stage and not block else 1
            parts.append(Bottleneck(channels, 64 * 2**stage, strides))
            channels = 256 * 2**stage
    return nn.Sequential(*parts, *_pooled_head(channels))


class Inverted(nn.Module):
    def __init__(self, inputs: int, filters: int, expansion: int, strides: int) -> None:
        super().__init__()
        wide = expansion * inputs
        self.added = strides == 1 and inputs == filters
        widen = [_norm_conv(inputs, wide, 1, activation=_relu6)] if expansion > 1 else []
        self.parts = nn.Sequential(
            *widen,
            _norm_conv(wide, wide, 3, strides, _relu6, groups=wide),
            _norm_conv(wide, filters, 1, activation=nn.Identity),
        )

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return x + self.parts(x) if self.added else self.parts(x)


def mobilenet_v2() -> nn.Module:
    parts: list[nn.Module] = [_norm_conv(3, 32, 3, 2, _relu6)]
    channels = 32
    for expansion, filters, repeats, strides in MOBILENET_V2:
        for repeat in range(repeats):
            parts.append(Inverted(channels, filters, expansion, 1 if repeat else strides))
            channels = filters
    last = _norm_conv(channels, 1280, 1, activation=_relu6)
    return nn.Sequential(*parts, last, *_pooled_head(1280))


class UNet(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        widths = 16, 32, 64, 128

        def twice(inputs: int, filters: int) -> nn.Sequential:
            return nn.Sequential(_conv(inputs, filters), _conv(filters, filters))

        self.down = nn.ModuleList(twice(a, b) for a, b in pairwise((3, *widths)))
        pairs = list(pairwise(reversed(widths)))
        self.up = nn.ModuleList(nn.ConvTranspose2d(a, b, 2, 2) for a, b in pairs)
        self.join = nn.ModuleList(twice(a, b) for a, b in pairs)
        self.head = nn.Conv2d(widths[0], 1, 1)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        *downs, bottom = self.down
        skipped = []
        for down in downs:
            skipped.append(down(x))
            x = F.max_pool2d(skipped[-1], 2)
        x = bottom(x)
        for up, join, skip in zip(self.up, self.join, reversed(skipped), strict=True):
            x = join(torch.cat([skip, up(x)], 1))
        return self.head(x)


def autoencoder() -> nn.Module:
    def doubled() -> nn.Sequential:
        up = nn.ConvTranspose2d(32, 32, 3, 2, padding=1, output_padding=1)
        return nn.Sequential(up, _relu())

    down = _conv(1, 32), nn.MaxPool2d(2), _conv(32, 32), nn.MaxPool2d(2)
    return nn.Sequential(*down, doubled(), doubled(), nn.Conv2d(32, 1, 3, padding=1))


class Transformer(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        width, tokens = 128, 128
        self.embedding = nn.Embedding(10000, width)
        self.table = nn.Parameter(0.02 * torch.randn(tokens, width))
        block = partial(nn.TransformerEncoderLayer, width, 4, 4 * width, dropout=0.0)
        self.blocks = nn.Sequential(
            *(block(layer_norm_eps=1e-3, batch_first=True) for _ in range(2))
        )
        self.head = nn.Linear(width, 2)

    def forward(self, tokens: torch.Tensor) -> torch.Tensor:
        return self.head(self.blocks(self.embedding(tokens) + self.table).mean(1))


@dataclass(frozen=True)
class Network:
    """A module, shapes of one example as Keras has them, and the faster order of its memory."""

    build: Callable[[], nn.Module]
    inputs: tuple[int, ...]
    outputs: tuple[int, ...] = (10,)
    channels_last: bool = False


NETWORKS = {
    "mnist_cnn": Network(mnist_cnn, (28, 28, 1)),
    "cifar_cnn": Network(cifar_cnn, (32, 32, 3), channels_last=True),
    "lstm_text": Network(LSTMText, (200,), (1,)),
    "bi_gru": Network(BiGRU, (100,), (1,)),
    "resnet50": Network(resnet50, (64, 64, 3), channels_last=True),
    "mobilenet_v2": Network(mobilenet_v2, (96, 96, 3), channels_last=True),
    "unet": Network(UNet, (64, 64, 3), (64, 64, 1)),
    "autoencoder": Network(autoencoder, (28, 28, 1), (28, 28, 1)),
    "transformer": Network(Transformer, (128,), (2,)),
}
