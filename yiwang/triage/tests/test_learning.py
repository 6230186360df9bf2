"""What is learned of decided messages, and how it is judged."""

import gzip
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from yiwang.plumbing.refusals import Refused
from yiwang.triage import evaluating
from yiwang.triage.evaluating import calibration_error, f1_by_kind, judge, messages
from yiwang.triage.learning import Decided, learn
from yiwang.triage.rules import Guess, Model, Words, from_bytes, to_bytes
from yiwang.triage.rules.reading import cleaned, grams_of

TOLD = {
    "lamps": [
        "路灯不亮了",
        "巷口的路灯坏了三天",
        "路灯一闪一闪",
        "小区门口路灯不亮",
        "晚上没有路灯，很黑",
        "路灯杆歪了",
    ],
    "water": [
        "水管漏水",
        "家里停水两天了",
        "自来水发黄",
        "水管爆了，路上全是水",
        "水压太小，没有水",
        "井盖下面一直漏水",
    ],
    "noise": [
        "楼下唱歌吵得睡不着",
        "工地半夜施工噪音",
        "广场舞噪音太大",
        "隔壁装修太吵",
        "酒吧音响很吵",
        "噪音吵得孩子不能学习",
    ],
}


def examples(times: int = 1) -> list[Decided]:
    return [
        Decided(Words(f"{text}{'，请尽快处理' * at}"), kind)
        for kind, texts in TOLD.items()
        for text in texts
        for at in range(times)
    ]


@pytest.fixture(scope="module")
def model() -> Model:
    return learn(examples(3))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("桥头的路灯又不亮", "lamps"),
        ("厨房水管一直漏水", "water"),
        ("半夜噪音很吵", "noise"),
        ("路燈？路灯！", "lamps"),
    ],
)
def test_what_was_learned_is_found_in_words_never_told_before(model: Model, text: str, kind: str) -> None:
    first, *others = model.guesses(Words(text))
    assert first.kind == kind
    assert first.likely > 2 * others[0].likely
    assert sum(guess.likely for guess in (first, *others)) == pytest.approx(1)


def test_it_says_which_words_spoke_for_it(model: Model) -> None:
    said = model.spoken_for(Words("师傅您好，厨房水管一直漏水"), "water")
    assert said
    assert any("水" in phrase for phrase in said)
    assert all(phrase in "师傅您好，厨房水管一直漏水" for phrase in said)
    assert model.spoken_for(Words("zzz"), "water") == []


@pytest.mark.parametrize("text", ["", "?", "\ud800", "Ω" * 20_000, "路"])
def test_no_text_is_too_strange_to_be_judged(model: Model, text: str) -> None:
    assert sum(guess.likely for guess in model.guesses(Words(text))) == pytest.approx(1)
    assert isinstance(model.spoken_for(Words(text), "water"), list)


def test_a_model_is_the_same_after_it_was_kept(model: Model) -> None:
    again = from_bytes(to_bytes(model))
    assert again is not None
    assert again.kinds == model.kinds
    for words in (Words("路灯坏了"), Words("漏水", "水管")):
        assert np.allclose(again.scores(words), model.scores(words), atol=0.01)
    assert again.size == model.size


def test_a_model_fits_into_the_room_it_is_given() -> None:
    small = learn(examples(3), most_weights=60)
    assert small.weights.size <= 60
    assert small.guesses(Words("路灯不亮"))[0].kind == "lamps"


def test_one_kind_alone_is_certain() -> None:
    only = learn([Decided(Words("路灯"), "lamps")])
    assert only.guesses(Words("水管")) == [Guess("lamps", 1.0)]


def test_a_text_is_read_in_one_form_of_writing() -> None:
    assert cleaned("１２３号　路灯_x000D_\n坏了  AB") == "0号 路灯 坏了 ab"
    assert list(grams_of("灯灯").counts) == [2, 1]


def test_training_is_judged_by_what_it_has_not_seen() -> None:
    judged = judge(examples(3), [Decided(Words("路灯又坏了"), "lamps"), Decided(Words("停水了"), "water")])
    assert judged.accuracy == judged.macro_f1 == 1
    assert judged.ms_per_message > 0
    assert judged.bytes > 0


def test_a_kind_that_training_never_saw_is_said_and_counts_as_missed() -> None:
    judged = judge(examples(3), [Decided(Words("路灯又坏了"), "lamps"), Decided(Words("野狗咬人"), "dogs")])
    assert judged.unknown == {"dogs": 1}
    assert judged.by_kind["dogs"] == 0
    assert judged.accuracy == 0.5


def test_the_figures_are_those_of_the_books() -> None:
    assert f1_by_kind(["a", "a", "b"], ["a", "b", "b"]) == pytest.approx({"a": 2 / 3, "b": 2 / 3})
    sure = [Guess("a", 0.95), Guess("a", 0.95), Guess("b", 0.65), Guess("b", 0.65)]
    assert calibration_error(sure, [True, True, True, False]) == pytest.approx(0.5 * 0.05 + 0.5 * 0.15)


HEAD = "id,sent_at,subject,text,category\n"


def test_messages_are_read_plain_or_packed(tmp_path: Path) -> None:
    lines = HEAD + '1,2020-01-01,灯,"路灯, 坏了",设施\n2,,,水管漏水,水务\n3,,,,水务\n4,,,没有类别,\n'
    (tmp_path / "plain.csv").write_text(lines, encoding="utf-8")
    # What is packed shows by itself, whatever the file is called.
    (tmp_path / "packed.csv").write_bytes(gzip.compress(lines.encode()))
    expected = [Decided(Words("路灯, 坏了", "灯"), "设施"), Decided(Words("水管漏水"), "水务")]
    assert messages(tmp_path / "plain.csv") == messages(tmp_path / "packed.csv") == expected


@pytest.mark.parametrize(
    ("content", "code"),
    [("", "sheet_lacks_columns"), ("id,text\n1,灯\n", "sheet_lacks_columns"), (HEAD, "no_messages"),
     (HEAD + "1,,,,\n", "no_messages"), (HEAD + "1,,,\0,x\n", "sheet_unreadable")],
)  # fmt: skip
def test_a_file_that_says_nothing_is_refused(tmp_path: Path, content: str, code: str) -> None:
    path = tmp_path / "messages.csv"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(Refused) as refused:
        evaluating.messages(path)
    assert refused.value.code == code


def test_scoring_needs_no_library_of_training() -> None:
    code = "import sys; import yiwang.triage.rules; print(sorted({'sklearn', 'scipy', 'django'} & set(sys.modules)))"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "[]"
