import socket

import pytest

from deploy.errors import DiskFull, PortTaken, UnusableAddress, UnusableFolder
from deploy.preflight import check_disk, check_ports
from settings import Settings


@pytest.fixture
def taken():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield listener.getsockname()[1]


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


@pytest.mark.parametrize("setting", ["portal_port", "rasa_port", "actions_port"])
def test_a_taken_port_is_named_with_what_to_do(taken, setting):
    ports = {name: free_port() for name in ("portal_port", "rasa_port", "actions_port")}
    with pytest.raises(PortTaken, match=f"port {taken} is taken.*{setting.upper()}={taken + 1} make start"):
        check_ports(Settings(**(ports | {setting: taken})))


def test_free_ports_pass():
    check_ports(Settings(portal_port=free_port(), rasa_port=free_port(), actions_port=free_port()))


def test_a_full_disk_is_said_with_figures(tmp_path):
    with pytest.raises(DiskFull, match=r"\d+ MB are free where .* and 99999999999 MB are needed"):
        check_disk(tmp_path, needed_mb=99_999_999_999)


def test_the_folder_is_made(tmp_path):
    check_disk(tmp_path / "var", needed_mb=0)
    assert (tmp_path / "var").is_dir()


def test_a_folder_that_is_a_file_is_said(tmp_path):
    (tmp_path / "var").write_text("")
    with pytest.raises(UnusableFolder, match="cannot be written.*BOUSSOLE_VAR"):
        check_disk(tmp_path / "var")


def test_an_address_of_another_machine_is_said():
    with pytest.raises(UnusableAddress, match="cannot listen on 203.0.113.9"):
        check_ports(Settings(portal_host="203.0.113.9", portal_port=free_port()))


def test_one_port_given_twice_is_taken():
    port = free_port()
    with pytest.raises(PortTaken, match="RASA_PORT"):
        check_ports(Settings(portal_port=port, rasa_port=port, actions_port=free_port()))
