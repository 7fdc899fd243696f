"""Measuring recordings and making them sound alike, with the system's ffmpeg, which may be missing.

Loudness: EBU R128 (ITU-R BS.1770), as podcast directories ask: −16 LUFS in stereo, −19 in mono, true
peak at most −1 dBTP. The level is set by a plain gain and a limiter, not by `loudnorm`, whose
dynamic mode changes how speech sounds and can miss the target; the result is measured again.
"""

import re
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from files import ffmpeg
from files.inspection import UnfitFile
from files.waves import RATE, peaks_of

MAX_HOURS = 6
_TARGETS = {1: -19.0, 2: -16.0}  # channels → LUFS
_TOLERANCE = 1.0  # LU
_PEAK = -1.0  # dBTP
_LEAST = -55.0  # LUFS below which there is nothing that one could hear
_BIT_RATES = {1: 96, 2: 128}  # kbit/s of the MP3 that is made here
_MOST = {1: 128, 2: 192}  # kbit/s up to which an MP3 is left as it came
_LOW = 24  # kbit/s of the Opus for slow connections, in mono
_MP3_NAME, _LOW_NAME, _PCM_NAME = "sound.mp3", "low.opus", "peaks.pcm"
MISSING = (
    "Falta o ffmpeg neste servidor, e sem ele só sai MP3, como veio. Peça a quem cuida do servidor: "
    "apt-get install ffmpeg. Outros formatos ficam guardados e entram na fila sozinhos."
)
_TOO_LONG = f"A gravação passa de {MAX_HOURS} horas. Divida em partes e envie cada uma."
_UNREADABLE = "A gravação está danificada e não toca. Exporte de novo e envie."
_BARE = ["-map_metadata", "-1", "-map_chapters", "-1", "-vn", "-dn", "-sn"]
_BARE += ["-fflags", "+bitexact", "-flags:a", "+bitexact"]
_SUMMARY = {
    "loudness": re.compile(r"^I:\s+(-?[\d.]+|-inf|nan) LUFS"),
    "peak": re.compile(r"^Peak:\s+(-?[\d.]+|-inf|nan) dBFS"),
}

Tell = Callable[[str, int], None]  # what is being done, and how far it has come in percent


@dataclass(frozen=True)
class Sound:
    """What a recording is, measured: loudness in LUFS, true peak in dBTP, bit rate in kbit/s."""

    codec: str
    milliseconds: int
    channels: int
    bit_rate: int
    loudness: float
    peak: float

    @property
    def target(self) -> float:
        return _TARGETS[min(2, self.channels)]

    @property
    def is_level(self) -> bool:
        """Whether it is as loud as it should be."""
        return abs(self.loudness - self.target) <= _TOLERANCE and self.peak <= _PEAK

    @property
    def may_stay(self) -> bool:
        """Whether an MP3 may go out as it came. Encoding a second time always loses something, so
        what is within the target already is left alone."""
        channels = min(2, self.channels)
        return self.codec == "mp3" and self.is_level and self.bit_rate <= _MOST[channels]

    def as_values(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True)
class Original:
    """A recording as it was sent: `form` is what ffmpeg calls it."""

    path: Path
    form: str
    sound: Sound


@dataclass(frozen=True)
class Made:
    """What was made of a recording: the MP3 (None where the original may stay), the Opus for slow
    connections, the waveform (`waves.peaks_of`), and the sound of the MP3."""

    mp3: Path | None
    low: Path
    peaks: list[int]
    sound: Sound


def missing_part() -> str:
    """What the server lacks to prepare recordings, for a curator; "" if it lacks nothing."""
    return "" if ffmpeg.is_installed() else MISSING


def look(path: Path, form: str) -> Sound:
    """What ffprobe says of the recording at `path`, its loudness not yet known. Raises UnfitFile,
    PartMissing."""
    told = ffmpeg.probe(path, form, MISSING)
    streams = [s for s in told.get("streams", []) if s.get("codec_type") == "audio"]
    if not streams or not streams[0].get("codec_name") or not streams[0].get("channels"):
        raise UnfitFile(_UNREADABLE)
    seconds = float(told["format"].get("duration") or streams[0].get("duration") or 0)
    if form != "mp3" and seconds > MAX_HOURS * 3600:
        raise UnfitFile(_TOO_LONG)
    rate = int(streams[0].get("bit_rate") or told["format"].get("bit_rate") or 0)
    return Sound(
        streams[0]["codec_name"],
        round(1000 * seconds),
        int(streams[0]["channels"]),
        round(rate / 1000),
        0.0,
        0.0,
    )


def prepare(path: Path, form: str, folder: Path, tell: Tell) -> Made:
    """Make in `folder` what is published of the recording at `path`. `tell` hears again and again
    what is being done; an error that it raises ends the work.

    Raises UnfitFile, PartMissing, ffmpeg.EncodingFailed.
    """
    promised = look(path, form)
    sound = _measured(path, form, promised, lambda p: tell("medindo o volume", p))
    if sound.loudness < _LEAST:
        raise UnfitFile(
            "A gravação está em silêncio. Confira o arquivo e o microfone, e envie de novo."
        )
    original = Original(path, form, sound)
    # An MP3 of changing bit rate without a table says a duration that is only a guess.
    is_honest = abs(promised.milliseconds - sound.milliseconds) < 1000 + sound.milliseconds / 50
    if form == "mp3" and is_honest and sound.may_stay:
        _encode(original, folder, "", lambda p: tell("codificando", p))
        return Made(None, folder / _LOW_NAME, peaks_of(folder / _PCM_NAME), sound)
    made = _leveled(original, folder, tell)
    return Made(folder / _MP3_NAME, folder / _LOW_NAME, peaks_of(folder / _PCM_NAME), made)


def _leveled(original: Original, folder: Path, tell: Tell) -> Sound:
    """Encode until the loudness is right, twice at most; returns the sound of the MP3."""
    mp3, sound = folder / _MP3_NAME, original.sound
    gain, ceiling = sound.target - sound.loudness, _PEAK - 1
    for _ in range(2):
        _encode(original, folder, _level(gain, ceiling), lambda p: tell("codificando", p))
        made = _measured(mp3, "mp3", look(mp3, "mp3"), lambda p: tell("conferindo", p))
        if made.is_level:
            break
        # The limiter took some of the loudness, or the encoder went over the ceiling.
        gain += made.target - made.loudness
        ceiling -= max(0.0, made.peak - _PEAK)
    return made


def _level(gain: float, ceiling: float) -> str:
    """Filters that set the loudness; peaks between samples are seen at four times the rate."""
    limit = 10 ** (ceiling / 20)
    limiter = f"alimiter=limit={limit:.5f}:attack=5:release=50:level=false"
    return f"volume={gain:.2f}dB,aresample=176400,{limiter},aresample=44100"


def _opened(path: Path, form: str) -> list[str]:
    """ffmpeg with one file, opened as nothing but `form`, and no longer than may be."""
    line = [*ffmpeg.command("ffmpeg", MISSING), "-nostdin", "-nostats", "-hide_banner", "-y"]
    line += ["-progress", "pipe:1", *ffmpeg.ONLY_THIS_FILE, "-f", form]
    return [*line, "-t", str(MAX_HOURS * 3600), "-i", str(path)]


def _measured(path: Path, form: str, sound: Sound, tell: Callable[[int], None]) -> Sound:
    """The same sound with its loudness, true peak and length as they are heard."""
    heard = [0]

    def hear(milliseconds: int) -> None:
        heard[0] = milliseconds
        tell(_percentage(milliseconds, sound.milliseconds))

    line = [*_opened(path, form), "-v", "info", "-map", "0:a:0", "-vn"]
    # “verbose” keeps a line for every tenth of a second out of what is said.
    line += ["-af", f"aformat=channel_layouts={_layout(sound)},ebur128=peak=true:framelog=verbose"]
    said = _run([*line, "-f", "null", "-"], hear)
    # What an MP3 promises has been compared with its length when it came (`read_mp3`).
    if form != "mp3" and heard[0] < 0.95 * sound.milliseconds - 1000:
        raise UnfitFile(
            "A gravação está incompleta: o som acaba antes do fim. Exporte de novo e envie."
        )
    if heard[0] < 1000:
        raise UnfitFile("A gravação dura menos de 1 segundo. Confira o arquivo e envie de novo.")
    if heard[0] >= MAX_HOURS * 3_600_000 - 1000:
        raise UnfitFile(_TOO_LONG)
    found = {}
    for name, pattern in _SUMMARY.items():
        matches = [match for row in said if (match := pattern.match(row))]
        if not matches:
            raise ffmpeg.EncodingFailed("\n".join(said)[-2000:])
        text = matches[-1][1]
        found[name] = -99.0 if text in ("-inf", "nan") else float(text)
    return Sound(sound.codec, heard[0], sound.channels, sound.bit_rate, **found)


def _encode(original: Original, folder: Path, level: str, tell: Callable[[int], None]) -> None:
    """The original read once: an MP3 where there is a `level` to set, the Opus, and the samples
    from which the waveform is drawn."""
    sound = original.sound
    split = "asplit=3[mp3][low][pcm]" if level else "asplit=2[low][pcm]"
    graph = f"[0:a:0]aformat=channel_layouts={_layout(sound)},{level or 'anull'},{split}"
    line = [*_opened(original.path, original.form), "-v", "error", "-filter_complex", graph]
    if level:
        rate = _BIT_RATES[min(2, sound.channels)]
        line += ["-map", "[mp3]", *_BARE, "-c:a", "libmp3lame", "-ar", "44100", "-b:a", f"{rate}k"]
        line += ["-id3v2_version", "0", "-f", "mp3", str(folder / _MP3_NAME)]
    line += ["-map", "[low]", *_BARE, "-c:a", "libopus", "-ac", "1", "-b:a", f"{_LOW}k"]
    # One serial number, so that the same sound is the same bytes.
    line += ["-serial_offset", "1", "-f", "opus", str(folder / _LOW_NAME)]
    line += ["-map", "[pcm]", *_BARE, "-ac", "1", "-ar", str(RATE)]
    line += ["-f", "s16le", str(folder / _PCM_NAME)]
    _run(line, lambda ms: tell(_percentage(ms, sound.milliseconds)))


def _layout(sound: Sound) -> str:
    return "mono" if sound.channels == 1 else "stereo"


def _percentage(done: int, whole: int) -> int:
    return min(99, 100 * done // whole) if whole else 0


def _run(line: list[str], tell: Callable[[int], None]) -> list[str]:
    try:
        return ffmpeg.run(line, tell)
    except ffmpeg.Unreadable:
        raise UnfitFile(_UNREADABLE) from None
