"""The local stack: private servers, the services' processes, their addresses and their tests."""
