import time

from console.models.launching import launcher


def test_a_training_runs_in_a_session_of_its_own(tmp_path):
    """A folder with a `deploy` of its own stands in for the sources; it notes what it was asked and who leads it."""
    (tmp_path / "deploy.py").write_text(
        "import os, sys, pathlib\n"
        "leads = os.getsid(0) == os.getpid()\n"
        "pathlib.Path('told').write_text(' '.join([*sys.argv[1:], str(leads)]))"
    )
    launcher(tmp_path, tmp_path / "log")("run-1")
    until = time.monotonic() + 20
    while not (tmp_path / "told").exists() or not (tmp_path / "told").read_text():
        assert time.monotonic() < until, (tmp_path / "log" / "retraining.log").read_text()
        time.sleep(0.02)
    assert (tmp_path / "told").read_text() == "retrain run-1 True"
