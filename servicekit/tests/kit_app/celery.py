from servicekit.messaging import make_app

app = make_app("settings_are_set", queues=["kit.good", "kit.other"])
