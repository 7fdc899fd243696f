"""XMP in PDF files."""

import io

import pikepdf

from licensing.attribution import Work, attribution_text, copyright_notice

for _uri, _prefix in (
    ("http://creativecommons.org/ns#", "cc"),
    ("http://purl.org/dc/terms/", "dcterms"),
):
    pikepdf.models.PdfMetadata.register_xml_namespace(_uri, _prefix)


def write_pdf_rights(content: bytes, work: Work) -> bytes:
    """A copy of the PDF with the rights of `work` in its XMP, in the same bytes for the same input."""
    buffer = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as pdf:
        with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=True) as metadata:
            metadata["dc:title"] = work.title
            metadata["dc:rights"] = copyright_notice(work)
            metadata["xmpRights:Marked"] = "False" if work.licence.is_public_domain else "True"
            metadata["xmpRights:UsageTerms"] = attribution_text(work)
            metadata["cc:attributionURL"] = work.url
            if work.earlier_works:
                metadata["dcterms:source"] = work.earlier_works
            if work.authors:
                metadata["dc:creator"] = [author.name for author in work.authors]
                metadata["cc:attributionName"] = work.author_names
            if work.licence.uri:
                metadata["xmpRights:WebStatement"] = work.licence.uri
                metadata["cc:license"] = work.licence.uri
        pdf.save(buffer, deterministic_id=True)
    return buffer.getvalue()
