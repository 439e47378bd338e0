"""Hypothesis for all of these tests: the same examples each time, and nothing kept between runs."""
import hypothesis

hypothesis.settings.register_profile("aesop", deadline=None, derandomize=True, database=None)
hypothesis.settings.load_profile("aesop")
