"""Published files are written once, whole, under a name that says what is in them."""

from django.core.files.base import ContentFile
from django.core.files.storage import storages

from files.storage import digest_of, publish


def test_half_a_file_that_a_dead_worker_left_is_replaced() -> None:
    name = publish("teste/arquivo.txt", b"inteiro e bem escrito")
    storages["published"].delete(name)
    storages["published"].save(name, ContentFile(b"inteiro e"))
    assert publish("teste/arquivo.txt", b"inteiro e bem escrito") == name
    assert storages["published"].open(name).read() == b"inteiro e bem escrito"


def test_writing_the_same_again_changes_nothing_and_other_content_gets_another_name() -> None:
    name = publish("teste/arquivo.txt", b"um")
    assert publish("teste/arquivo.txt", b"um") == name
    assert publish("teste/arquivo.txt", b"dois") != name
    assert storages["published"].open(name).read() == b"um"


def test_the_name_keeps_its_folder_and_ending_and_tells_the_content() -> None:
    digest = digest_of(b"um")[:16]
    assert publish("teste/pasta/arquivo.txt", b"um") == f"teste/pasta/arquivo-{digest}.txt"
