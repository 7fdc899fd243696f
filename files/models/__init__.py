from files.models.art import Art
from files.models.documents import Document
from files.models.images import Image, Rendition
from files.models.preparation import Preparable, preparable_models
from files.models.recordings import Recording
from files.models.rights import Rights
from files.models.uses import FileUse
from files.models.videos import Video

__all__ = [
    "Art",
    "Document",
    "FileUse",
    "Image",
    "Preparable",
    "Recording",
    "Rendition",
    "Rights",
    "Video",
    "preparable_models",
]
