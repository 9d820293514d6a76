import pytest
from training.regression import regressor


@pytest.fixture
def model():
    return regressor()
