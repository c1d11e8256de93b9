"""Servers on loopback that stand in for the outside: chats and news, for the demo and the tests."""
