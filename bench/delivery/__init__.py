"""Deliveries are put through what may happen to them, at scale; what was promised stands beside what came."""
