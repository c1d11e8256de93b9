"""Slack: its blocks, and the app that listens and sends."""
