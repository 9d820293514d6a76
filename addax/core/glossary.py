"""What each argument of a public constructor means; every fact once."""


def describe(cls: type) -> str:
    return ""
