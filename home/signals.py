from home import navigation, translations


def on_published(sender, instance, **kwargs):
    translations.note_publication(instance, at=instance.last_published_at)
    navigation.forget()


def on_tree_changed(sender, **kwargs):
    navigation.forget()
