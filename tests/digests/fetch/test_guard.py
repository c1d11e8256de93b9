"""Private addresses are refused in every spelling; what the operator names is not."""

import socket
from ipaddress import ip_address

import pytest

from digests.fetch.guard import AddressGuard, AddressRefused, is_public

PRIVATE = """
 0.0.0.0 10.0.0.1 100.64.0.1 127.0.0.1 127.255.255.254 169.254.169.254 172.16.0.1 172.31.255.255
192.0.0.192 192.0.2.1 192.88.99.1 192.168.1.1 198.18.0.1 198.51.100.7 203.0.113.9 224.0.0.1
239.255.255.250 240.0.0.1 255.255.255.255 168.63.129.16 :: ::1 ::7f00:1 ::ffff:127.0.0.1
::ffff:10.0.0.1 ::ffff:0:127.0.0.1 64:ff9b::7f00:1 64:ff9b::a00:1 64:ff9b:1::1 100::1 2001::1
2001:0:4136:e378:8000:63bf:3fff:fdd2 2001:db8::1 2002:7f00:1:: 2002:a00:1:: 2002:c0a8:101:: 3fff::1
5f00::1 fc00::1 fd00:ec2::254 fe80::1 fec0::1 ff02::1
""".split()
PUBLIC = """
1.1.1.1 8.8.8.8 93.184.216.34 172.32.0.1 192.0.1.1 2606:4700::1111 64:ff9b::808:808 2002:808:808::
""".split()


@pytest.mark.parametrize("address", PRIVATE)
def test_private_address_is_refused(address):
    assert not is_public(ip_address(address))


@pytest.mark.parametrize("address", PUBLIC)
def test_public_address_is_let_through(address):
    assert is_public(ip_address(address))


def test_named_address_is_let_through_at_its_port_only():
    guard = AddressGuard(["127.0.0.1:8080", "10.1.2.0/24", "[::1]:9000", "192.168.7.7"])

    assert guard.permits(ip_address("127.0.0.1"), 8080)
    assert not guard.permits(ip_address("127.0.0.1"), 8081)
    assert guard.permits(ip_address("10.1.2.9"), 1)
    assert not guard.permits(ip_address("10.1.3.9"), 1)
    assert guard.permits(ip_address("::1"), 9000)
    assert guard.permits(ip_address("192.168.7.7"), 443)


@pytest.mark.parametrize("item", ["localhost", "127.0.0.1:", "127.0.0.1:x", "10.0.0.0/99"])
def test_allowance_that_is_no_address_is_named_at_once(item):
    with pytest.raises(ValueError):
        AddressGuard([item])


def test_no_socket_is_made_for_a_private_address():
    info = (socket.AF_INET6, socket.SOCK_STREAM, 6, "", ("fe80::1%eth0", 80, 0, 2))

    with pytest.raises(AddressRefused):
        AddressGuard().socket_for(info)
