"""`Tuner`: asks an oracle for values, makes and trains the models, and tells what came of them."""

import contextlib
import copy
import math
import os
import shutil
import time
import traceback
from collections.abc import Iterator
from typing import Any

from addax import config, optimizers
from addax.callbacks import TensorBoard
from addax.models import Model
from addax.tuner import space
from addax.tuner.errors import FailedTrialError, FatalError, FatalTypeError, FatalValueError
from addax.tuner.files import read_json, write_json
from addax.tuner.hypermodel import HyperModel, get_hypermodel
from addax.tuner.hyperparameters import HyperParameters
from addax.tuner.monitor import BatchCallback, SaveBestEpoch, TunerCallback
from addax.tuner.oracle import Oracle
from addax.tuner.results import best_step, check_results, metrics_of
from addax.tuner.trial import Trial, TrialStatus
from addax.utils import clear_session, set_random_seed, shared_programs

COLLECT_AFTER = 2.0  # seconds: a collection takes some tenths of one


class BaseTuner:
    """What all tuners share: the search, its project folder and its results.

    The project is `directory/project_name`. One that is there is gone on with, unless `overwrite`:
    then it is removed. A subclass says in `run_trial` what a trial does.
    """

    def __init__(
        self,
        oracle: Oracle,
        hypermodel: Any = None,
        directory: Any = None,
        project_name: str | None = None,
        overwrite: bool = False,
        logger: Any = None,
    ) -> None:
        if not isinstance(oracle, Oracle):
            raise ValueError(f"Expected `oracle` to be an Oracle; received {oracle!r}.")
        self.oracle = oracle
        self.hypermodel: Any = get_hypermodel(hypermodel)
        self.directory = os.fspath(directory or ".")
        self.project_name = project_name or "untitled_project"
        self.logger = logger  # of older programs; not used
        self.tuner_id = os.environ.get("KERASTUNER_TUNER_ID", "tuner0")
        oracle._set_project_dir(self.directory, self.project_name)
        if overwrite:
            shutil.rmtree(self.project_dir)
            oracle.forget_study()
        if os.path.exists(self._get_tuner_fname()):
            print(f"Reloading Tuner from {self._get_tuner_fname()}")
            self.reload()
        else:
            self._populate_initial_space()

    @property
    def study(self) -> Any:
        """Optuna's study of this search."""
        return self.oracle.study

    def _populate_initial_space(self) -> None:
        """Find out which hyperparameters there are, those of all conditions included."""
        if self.hypermodel is not None:
            space.explore(self.hypermodel, self.oracle)

    # The search

    def search(self, *fit_args: Any, **fit_kwargs: Any) -> None:
        """Run trials until the oracle has no more; the arguments go to `run_trial`.

        What ended before an error or Ctrl-C is kept, and another `search` goes on.
        """
        if "verbose" in fit_kwargs:
            self.oracle.verbose = fit_kwargs["verbose"]
        with shared_programs():  # by trials of one architecture
            self._search(*fit_args, **fit_kwargs)

    def _search(self, *fit_args: Any, **fit_kwargs: Any) -> None:
        self.on_search_begin()
        while True:
            self.pre_create_trial()
            trial = self.oracle.create_trial(self.tuner_id)
            if trial.status == TrialStatus.STOPPED:
                break
            if trial.status == TrialStatus.IDLE:
                continue
            self.on_trial_begin(trial)
            self._try_run_and_update_trial(trial, *fit_args, **fit_kwargs)
            self.on_trial_end(trial)
        self.on_search_end()

    def _try_run_and_update_trial(self, trial: Trial, *fit_args: Any, **fit_kwargs: Any) -> None:
        try:
            self._run_and_update_trial(trial, *fit_args, **fit_kwargs)
            trial.status = TrialStatus.COMPLETED
        except FatalError:
            raise
        except Exception as error:
            failed = isinstance(error, FailedTrialError)
            trial.status = TrialStatus.FAILED if failed else TrialStatus.INVALID
            trial.message = traceback.format_exc()

    def _run_and_update_trial(self, trial: Trial, *fit_args: Any, **fit_kwargs: Any) -> None:
        results = self.run_trial(trial, *fit_args, **fit_kwargs)
        objective = self.oracle.objective
        if results is None and self.oracle.get_trial(trial.trial_id).metrics.exists(objective.name):
            return  # run_trial of an older program has called oracle.update_trial
        check_results(results, objective, "Tuner.run_trial()")
        metrics, step = metrics_of(results, objective), best_step(results, objective)
        self.oracle.update_trial(trial.trial_id, metrics, step=step)

    def run_trial(self, trial: Trial, *fit_args: Any, **fit_kwargs: Any) -> Any:
        """Evaluate `trial.hyperparameters`: a number, a dictionary of metrics, or a History."""
        raise NotImplementedError

    def save_model(self, trial_id: str, model: Any, step: int = 0) -> None:
        """Keep the model of a trial."""
        raise NotImplementedError

    def load_model(self, trial: Trial) -> Any:
        """The model of a trial."""
        raise NotImplementedError

    def pre_create_trial(self) -> None:
        """Called before the oracle is asked for a trial."""

    def on_trial_begin(self, trial: Trial) -> None:
        """Called before a trial runs."""

    def on_trial_end(self, trial: Trial) -> None:
        """Called when a trial has run; tells the oracle."""
        self.oracle.end_trial(trial)
        self.save()

    def on_search_begin(self) -> None:
        """Called before the first trial."""

    def on_search_end(self) -> None:
        """Called after the last trial."""

    # Results

    def get_best_models(self, num_models: int = 1) -> list[Any]:
        """The models of the best trials, best first, with the weights of their best epochs."""
        return [self.load_model(trial) for trial in self.oracle.get_best_trials(num_models)]

    def get_best_hyperparameters(self, num_trials: int = 1) -> list[HyperParameters]:
        """The values of the best trials, best first."""
        return [t.hyperparameters for t in self.oracle.get_best_trials(num_trials)]

    def search_space_summary(self, extended: bool = False) -> None:
        """Print the hyperparameters with their ranges."""
        found = self.oracle.get_space().space
        print("Search space summary")
        print(f"Default search space size: {len(found)}")
        for parameter in found:
            described = parameter.get_config()
            print(f"{described.pop('name')} ({type(parameter).__name__})\n{described}")

    def results_summary(self, num_trials: int = 10) -> None:
        """Print values and scores of the best trials."""
        print("Results summary")
        print(f"Results in {self.project_dir}")
        print(f"Showing {num_trials} best trials")
        print(self.oracle.objective)
        for trial in self.oracle.get_best_trials(num_trials):
            print()
            trial.summary()

    @property
    def remaining_trials(self) -> int | None:
        """How many trials are left, if there is a limit."""
        return self.oracle.remaining_trials()

    # The project's folder

    @property
    def project_dir(self) -> str:
        path = os.path.join(self.directory, self.project_name)
        os.makedirs(path, exist_ok=True)
        return path

    def get_trial_dir(self, trial_id: str) -> str:
        """The folder of a trial."""
        return self.oracle._get_trial_dir(trial_id)

    def _get_tuner_fname(self) -> str:
        return os.path.join(self.project_dir, f"{self.tuner_id}.json")

    def get_state(self) -> dict[str, Any]:
        """What a subclass keeps beside the oracle, as plain data."""
        return {}

    def set_state(self, state: dict[str, Any]) -> None:
        """Go on from what `get_state` gave."""

    def save(self) -> None:
        """Write the state of tuner and oracle."""
        self.oracle.save()
        write_json(self._get_tuner_fname(), self.get_state())

    def reload(self) -> None:
        """Go on with what is in the project's folder.

        ValueError if it holds trials of another space, RuntimeError for files that can't be read.
        """
        given = self.oracle.get_space()
        self.oracle.reload()
        self.set_state(read_json(self._get_tuner_fname()))
        if self.hypermodel is not None:
            space.check_same(self.hypermodel, given, self.oracle, self.project_dir)


class Tuner(BaseTuner):
    """A tuner of models: `build(hp)` makes them, `fit` trains them `executions_per_trial` times.

    `optimizer`, `loss` and `metrics` take the place of those that a model was compiled with. Models
    of more than `max_model_size` parameters fail. Weights, order and dropout follow from the
    oracle's seed and the trial's number, so that a search that is gone on with comes to the same
    results.
    """

    def __init__(
        self,
        oracle: Oracle,
        hypermodel: Any = None,
        max_model_size: int | None = None,
        optimizer: Any = None,
        loss: Any = None,
        metrics: Any = None,
        distribution_strategy: Any = None,
        directory: Any = None,
        project_name: str | None = None,
        logger: Any = None,
        tuner_id: str | None = None,
        overwrite: bool = False,
        executions_per_trial: int = 1,
    ) -> None:
        if hypermodel is None and type(self).run_trial is Tuner.run_trial:
            raise ValueError(
                "Received `hypermodel=None`: pass a function build(hp) or a HyperModel, or define "
                "run_trial() in a subclass."
            )
        self.max_model_size = max_model_size
        self.optimizer, self.loss, self.metrics = optimizer, loss, metrics
        self.distribution_strategy = distribution_strategy
        self.executions_per_trial = executions_per_trial
        self._collected = time.perf_counter()
        super().__init__(oracle, hypermodel, directory, project_name, overwrite, logger)
        self.tuner_id = tuner_id or self.tuner_id

    def run_trial(self, trial: Trial, *args: Any, **kwargs: Any) -> Any:
        """Build and train the model `executions_per_trial` times; the Histories."""
        given = kwargs.pop("callbacks", None) or []
        checkpoint = SaveBestEpoch(
            self.oracle.objective, self._get_checkpoint_fname(trial.trial_id), self._uses_model_fit
        )
        histories = []
        for execution in range(self.executions_per_trial):
            callbacks = self._copied(given)
            self._separate_logs(callbacks, trial, execution)
            callbacks += [self._monitor(trial, reports=execution == 0), checkpoint]
            set_random_seed(self.oracle.seed_of(trial.trial_id, execution))
            histories.append(self._build_and_fit_model(trial, *args, **kwargs, callbacks=callbacks))
        return histories

    @property
    def _uses_model_fit(self) -> bool:
        """Whether the training is `Model.fit`, so that it needs a compiled model with metrics."""
        return type(self.hypermodel).fit is HyperModel.fit

    def _monitor(self, trial: Trial, reports: bool) -> TunerCallback:
        mine, base = type(self), Tuner
        asks = mine.on_batch_begin is not base.on_batch_begin
        asks |= mine.on_batch_end is not base.on_batch_end
        return (BatchCallback if asks else TunerCallback)(self, trial, reports)

    def _copied(self, callbacks: list) -> list:
        """Callbacks for one training; each has its own."""
        try:
            return copy.deepcopy(list(callbacks))
        except Exception as error:
            raise FatalValueError(
                f"Callbacks are copied for each trial, and these can't be: {callbacks} ({error})."
            ) from error

    def _separate_logs(self, callbacks: list, trial: Trial, execution: int) -> None:
        """Let TensorBoard write each training to a folder of its own."""
        for callback in callbacks:
            if isinstance(callback, TensorBoard):
                part = os.path.join(trial.trial_id, f"execution{execution}")
                callback.write_to(os.path.join(callback.log_dir, part))

    # Models

    def _build_and_fit_model(self, trial: Trial, *args: Any, **kwargs: Any) -> Any:
        hp = trial.hyperparameters
        model = self._try_build(hp)
        results = self.hypermodel.fit(hp, model, *args, **kwargs)
        write_json(self._get_build_config_fname(trial.trial_id), model.get_build_config() or {})
        check_results(results, self.oracle.objective, "HyperModel.fit()")
        return results

    def _try_build(self, hp: HyperParameters) -> Any:
        policy = config.dtype_policy()
        clear_session(free_memory=self._is_time_to_collect())
        config.set_dtype_policy(policy)
        model = self._build_hypermodel(hp)
        if not isinstance(model, Model):
            raise FatalTypeError(
                f"build(hp) returns a model; received {model!r}. Is there a `return`?"
            )
        if self._uses_model_fit and not model.compiled:
            raise FatalValueError(
                f"build(hp) returned model {model.name!r} without compiling it: call "
                "model.compile(), or pass optimizer=, loss= and metrics= to the tuner."
            )
        size = sum(math.prod(v.shape) for v in model.trainable_weights) if model.built else 0
        if self.max_model_size and size > self.max_model_size:
            raise FailedTrialError(
                f"Oversized model: {size} parameters, more than {self.max_model_size}."
            )
        return model

    def _is_time_to_collect(self) -> bool:
        """Whether dead models are looked for: of short trials not before each."""
        now = time.perf_counter()
        is_time = now - self._collected > COLLECT_AFTER
        self._collected = now if is_time else self._collected
        return is_time

    def _build_hypermodel(self, hp: HyperParameters) -> Any:
        with maybe_distribute(self.distribution_strategy):
            model = self.hypermodel.build(hp)
            self._override_compile_args(model)
            return model

    def _override_compile_args(self, model: Any) -> None:
        """Compile with the tuner's optimizer, loss and metrics, where there are any."""
        if not (self.optimizer or self.loss or self.metrics) or not isinstance(model, Model):
            return
        compiled = (model._session.arguments or {}) if model.compiled else {}
        optimizer = self.optimizer or compiled.get("optimizer") or "rmsprop"
        if not isinstance(optimizer, str):
            optimizer = optimizers.deserialize(optimizers.serialize(optimizer))
        loss = self.loss or compiled.get("loss")
        model.compile(optimizer, loss, metrics=self.metrics or compiled.get("metrics"))

    def load_model(self, trial: Trial) -> Any:
        model = self._try_build(trial.hyperparameters)
        self._load_weights(model, trial.trial_id)
        return model

    def _load_weights(self, model: Any, trial_id: str) -> None:
        """Give the model the weights of a trial's best epoch."""
        if not model.built:
            model.build_from_config(read_json(self._get_build_config_fname(trial_id)))
        with maybe_distribute(self.distribution_strategy):
            model.load_weights(self._get_checkpoint_fname(trial_id))

    def save_model(self, trial_id: str, model: Any, step: int = 0) -> None:
        """Write the model's weights to the trial's checkpoint."""
        model.save_weights(self._get_checkpoint_fname(trial_id))
        write_json(self._get_build_config_fname(trial_id), model.get_build_config() or {})

    # Hooks of subclasses

    def on_batch_begin(self, trial: Trial, model: Any, batch: int, logs: Any) -> None:
        """Called before each batch."""

    def on_batch_end(self, trial: Trial, model: Any, batch: int, logs: Any = None) -> None:
        """Called after each batch."""

    def on_epoch_begin(self, trial: Trial, model: Any, epoch: int, logs: Any = None) -> None:
        """Called before each epoch."""

    def on_epoch_end(self, trial: Trial, model: Any, epoch: int, logs: Any = None) -> None:
        """Called after each epoch."""

    # Files

    def _get_checkpoint_fname(self, trial_id: str) -> str:
        return os.path.join(self.get_trial_dir(trial_id), "checkpoint.weights.h5")

    def _get_build_config_fname(self, trial_id: str) -> str:
        return os.path.join(self.get_trial_dir(trial_id), "build_config.json")


@contextlib.contextmanager
def maybe_distribute(distribution_strategy: Any) -> Iterator[None]:
    """Inside, the strategy's scope, if there is a strategy."""
    strategy = distribution_strategy
    with strategy.scope() if strategy else contextlib.nullcontext():
        yield
