from servicekit.messaging import make_app

app = make_app("kit", queues=["kit.good", "kit.other"])
