"""Single damages to a filled database: the check that must find each, how it is done, and whether it can be repaired.

`FACTS` are damages to what only the article or a person tells: they are found and never touched. `COMPUTED` are damages
to what can be computed again. On SQLite they are done through a connection without foreign keys and constraints, with a
writable schema; on PostgreSQL by a superuser with triggers off. A statement that a constraint of PostgreSQL refuses
stands in one of the lists for SQLite.
"""

from __future__ import annotations

import dataclasses
from datetime import UTC, date, datetime

from sqlalchemy import Engine, text

from quotes.records import Document, Organisation, Polarity, Speaker, SpeakerKind
from quotes.resolve.naming import NAMING
from quotes.store.engine import writing
from quotes.store.identities import Identities
from quotes.store.judgements import Decision, linked, merge, split
from quotes.store.write import recognise
from tests.store.samples import BRIDGE, HARBOUR, fill, said, span, store

NOW = "2024-01-01 00:00:00"


def fill_richly(engine: Engine) -> None:
    """Documents 1 to 8: versions, a text in two papers, a group, bodies, a denial, and judgements of people."""
    fill(engine)
    again = dataclasses.replace(
        BRIDGE, id="again", url="https://other.example/b", outlet="Other", published=date(2024, 2, 1)
    )
    recognise(engine, again, NAMING)
    newer = dataclasses.replace(HARBOUR, id="newer", text=HARBOUR.text + " They left.", published=date(2024, 4, 3))
    store(engine, newer, said(newer.text, "The bridge will stand", "Le Bris", full="Jean-Yves Le Bris"))
    joint = Document("joint", "“We met,” Ana Lund and Tom Aske said.", outlet="Other", published=date(2024, 5, 1),
                     published_at=datetime(2024, 5, 1, 8, tzinfo=UTC))  # fmt: skip
    group = Speaker("Ana Lund and Tom Aske", SpeakerKind.GROUP, members=("Ana Lund", "Tom Aske"))
    store(engine, joint, dataclasses.replace(said(joint.text, "We met,", "Ana Lund and Tom Aske"), speaker=group))
    for number, name in enumerate(("Ines Okoro", "Ines B. Okoro", "Ines Okoro")):
        words = f"“We meet in room {number},” {name} of the Bridge Board said. She did not say that it rains."
        quote = said(words, f"We meet in room {number},", name, role="mayor")
        quote = dataclasses.replace(quote, organisation=Organisation("Bridge Board", "BBX"))
        denied = said(words, "it rains", "She", full=name, cue=".")
        cue = (span(words, "say"),)
        attribution = dataclasses.replace(denied.attribution, cue=cue, polarity=Polarity.DENIED)
        document = Document(f"room {number}", words, outlet="Other", published=date(2024, 6, number + 1))
        store(engine, document, quote, dataclasses.replace(denied, attribution=attribution))
    ann = Decision("ann", "she asked them")
    okoros = _speakers(engine, "Okoro")
    split(engine, "speaker", okoros[0], [okoros[2]], ann, NAMING)
    merge(engine, "speaker", _speakers(engine, "Ana Lund")[0], [_speakers(engine, "Moussa")[0]], ann)
    with writing(engine) as connection:
        linked(Identities(connection, "speaker"), okoros[0], "wikidata:Q42", ann)


def _speakers(engine: Engine, family_name: str) -> list[int]:
    query = text("SELECT id FROM speaker WHERE name LIKE :name AND kind = 'person' ORDER BY id")
    with engine.connect() as connection:
        return list(connection.scalars(query, {"name": f"%{family_name}"}))


FACTS = {
    # texts
    "a letter more in a text": ("texts", "UPDATE document SET text = text || '.' WHERE id = 1"),
    "another hash": ("texts", "UPDATE document SET sha256 = replace(sha256, 'a', 'b') WHERE id = 2"),
    "two texts exchanged": (
        "texts", "UPDATE document SET text = (SELECT text FROM document AS d WHERE d.id = 3 - document.id) WHERE id < 3"
    ),
    "line ends of another system": ("texts", "UPDATE document SET text = text || '\r\n' WHERE id = 1"),
    "letters apart from their accents": ("texts", "UPDATE document SET text = text || 'e\u0301' WHERE id = 1"),
    # verbatim
    "other words in a quote": ("verbatim", "UPDATE quote SET text = 'It will fall' WHERE id = 1"),
    "a quote without words": ("verbatim", "UPDATE quote SET text = '' WHERE id = 1"),
    "a content one letter on": (
        "verbatim", "UPDATE quote_span SET start_offset = start_offset + 1 WHERE quote_id = 1 AND part = 'content'"
    ),
    "a content too short": (
        "verbatim", "UPDATE quote_span SET end_offset = end_offset - 1 WHERE quote_id = 1 AND part = 'content'"
    ),
    "a content beyond the text": (
        "verbatim", "UPDATE quote_span SET end_offset = 1000 WHERE quote_id = 1 AND part = 'content'"
    ),
    "a cue beyond the text": (
        "verbatim", "UPDATE quote_span SET end_offset = 1000 WHERE quote_id = 1 AND part = 'cue'"
    ),
    "a source beyond the text": (
        "verbatim", "UPDATE quote_span SET end_offset = 1000 WHERE quote_id = 1 AND part = 'source'"
    ),
    "no content": ("verbatim", "DELETE FROM quote_span WHERE quote_id = 1 AND part = 'content'"),
    "a content that is a cue": (
        "verbatim", "UPDATE quote_span SET part = 'cue' WHERE quote_id = 1 AND part = 'content'"
    ),
    "half of a broken quote": (
        "verbatim", "DELETE FROM quote_span WHERE quote_id = 2 AND part = 'content' AND start_offset = "
        "(SELECT max(start_offset) FROM quote_span WHERE quote_id = 2 AND part = 'content')"
    ),
    "fragments that overlap": (
        "verbatim", "UPDATE quote_span SET end_offset = end_offset + 60 WHERE quote_id = 2 AND part = 'content' "
        "AND start_offset = (SELECT min(start_offset) FROM quote_span WHERE quote_id = 2 AND part = 'content')"
    ),
    "a quote moved to another document": ("verbatim", "UPDATE quote SET document_id = 2 WHERE id = 1"),
    # claims
    "another claim": ("claims", "UPDATE quote SET claim_id = 2 WHERE id = 1"),
    "another identity of a claim": ("claims", "UPDATE claim SET identity = replace(identity, substr(identity, 1, 4), "
                                    "'beef') WHERE id = 1"),
    # kind, act, polarity
    "direct told as indirect": ("kinds", "UPDATE quote SET kind = 'indirect' WHERE id = 1"),
    "direct told as mixed": ("kinds", "UPDATE quote SET kind = 'mixed' WHERE id = 1"),
    "indirect told as direct": ("kinds", "UPDATE quote SET kind = 'direct' WHERE id = 4"),
    "speech told as thought": ("acts", "UPDATE quote SET act = 'thought' WHERE id = 1"),
    "speech told as writing": ("acts", "UPDATE quote SET act = 'writing' WHERE id = 2"),
    "denied told as affirmed": ("polarities", "UPDATE quote SET polarity = 'affirmed' WHERE polarity = 'denied'"),
    "affirmed told as denied": ("polarities", "UPDATE quote SET polarity = 'denied' WHERE id = 1"),
    "affirmed told as asked": ("polarities", "UPDATE quote SET polarity = 'questioned' WHERE id = 1"),
    # values
    "an unknown source type": ("values", "UPDATE quote SET source_type = 'rumour' WHERE id = 1"),
    "an unknown gender": ("values", "UPDATE speaker SET gender = 'x' WHERE id = 1"),
    "a speaker confidence above one": ("values", "UPDATE quote SET speaker_confidence = 1.5 WHERE id = 1"),
    "a statement confidence below zero": ("values", "UPDATE quote SET statement_confidence = -0.5 WHERE id = 2"),
    "a score above one": ("values", "UPDATE judgement SET score = 2.0 WHERE score IS NOT NULL"),
    "withdrawn by nobody": ("values", f"UPDATE judgement SET withdrawn_at = '{NOW}' WHERE id = 1"),
    "withdrawn at no time": ("values", "UPDATE judgement SET withdrawn_by = 'ann' WHERE id = 1"),
    "a zone of two days": ("values", "UPDATE publication SET utc_offset = 2880 WHERE published_at IS NOT NULL"),
    "an identity in capitals": ("values", "UPDATE claim SET identity = upper(identity) WHERE id = 1"),
    "a hash cut short": ("values", "UPDATE document SET sha256 = substr(sha256, 1, 60) WHERE id = 1"),
    "an outlet without a name": ("values", "UPDATE outlet SET name = '' WHERE id = 1"),
    "aliases that are no list": ("values", "UPDATE speaker SET aliases = '\"Okoro\"' WHERE id = 1"),
    "aliases that are no JSON": ("values", "UPDATE organisation SET aliases = '[\"BB' WHERE id = 1"),
    "aliases that are numbers": ("values", "UPDATE speaker SET aliases = '[1, 2]' WHERE id = 1"),
    # references
    "a speaker gone": ("references", "DELETE FROM speaker WHERE id = 1"),
    "a document gone": ("references", "DELETE FROM document WHERE id = 4"),
    "a claim gone": ("references", "DELETE FROM claim WHERE id = 1"),
    "an organisation gone": ("references", "DELETE FROM organisation WHERE id = 1"),
    "an outlet gone": ("references", "DELETE FROM outlet WHERE id = 1"),
    "a conduit gone": ("references", "DELETE FROM conduit WHERE id = 1"),
    "an extraction gone": ("references", "DELETE FROM extraction WHERE id = 1"),
    "a quote gone, its spans left": ("references", "DELETE FROM quote WHERE id = 1"),
    "a card gone": ("references", "DELETE FROM likeness WHERE id = (SELECT likeness_id FROM speaker WHERE id = 1)"),
    "a member gone": ("references", "DELETE FROM speaker WHERE id = (SELECT max(member_id) FROM group_member)"),
    "a correction of no quote": (
        "references", "INSERT INTO correction (quote_id, field, corrected_by, corrected_at) "
        f"VALUES (99, 'role', 'ann', '{NOW}')"
    ),
    "a judgement about nobody": (
        "references", "INSERT INTO judgement (subject, left_id, right_id, verdict, judged_by, judged_at) "
        f"VALUES ('organisation', 1, 99, 'same', 'ann', '{NOW}')"
    ),
    "a judgement about no claim": (
        "references", "INSERT INTO judgement (subject, left_id, right_id, verdict, judged_by, judged_at) "
        f"VALUES ('claim', 1, 99, 'unsure', 'ann', '{NOW}')"
    ),
    "a judgement of one with itself": (
        "references", "INSERT INTO judgement (subject, left_id, right_id, verdict, judged_by, judged_at) "
        f"VALUES ('speaker', 1, 1, 'same', 'ann', '{NOW}')"
    ),
    "an extraction of another document": ("references", "UPDATE quote SET extraction_id = 2 WHERE id = 1"),
    "a document read by nothing": ("references", "UPDATE extraction SET document_id = 2 WHERE id = 1"),
    "a speaker of another document": ("references", "UPDATE quote SET speaker_id = 1 WHERE id = 3"),
    "a body of another document": ("references", "UPDATE quote SET organisation_id = 2 WHERE id = 1"),
    "a speaker of another kind": ("references", "UPDATE quote SET speaker_kind = 'group' WHERE id = 1"),
    "a group of one person": (
        "references", "UPDATE group_member SET member_id = group_id WHERE member_id = "
        "(SELECT max(member_id) FROM group_member)"
    ),
    "a card of the other table": (
        "references", "UPDATE speaker SET likeness_id = (SELECT min(id) FROM likeness WHERE subject = 'organisation') "
        "WHERE id = 1"
    ),
    # who is one
    "held to differ by a person, and one": (
        "identities", "INSERT INTO judgement (subject, left_id, right_id, verdict, judged_by, judged_at) "
        f"VALUES ('speaker', 1, 3, 'different', 'ann', '{NOW}')"
    ),
    "set apart by nobody": ("identities", "UPDATE speaker SET apart = TRUE WHERE id = 2"),
    "a card of another name": ("likenesses", "UPDATE likeness SET block = block || ' jr' WHERE subject = 'speaker'"),
    "another family name": ("likenesses", "UPDATE likeness SET kin = 'other' WHERE subject = 'speaker'"),
    "another short form": ("likenesses", "UPDATE likeness SET short = 'other' WHERE subject = 'organisation'"),
    "another name": ("likenesses", "UPDATE speaker SET name = 'Someone Else' WHERE id = 1"),
    "another name of a body": ("likenesses", "UPDATE organisation SET name = 'Another Board' WHERE id = 1"),
    # where it appeared
    "a document that appeared nowhere": ("publications", "DELETE FROM publication WHERE document_id = 2"),
    "a version that follows itself": ("publications", "UPDATE document SET previous_id = 1 WHERE id = 2"),
    "a version that follows none": ("publications", "UPDATE document SET previous_id = NULL WHERE id = 3"),
    "a repetition of another claim": ("copies", "UPDATE quote SET repeats_id = 2 WHERE repeats_id IS NOT NULL"),
    "a repetition without versions": ("copies", "UPDATE quote SET repeats_id = 1 WHERE id = 3"),
}  # fmt: skip
COMPUTED = {
    # identities
    "one row moved": ("identities", "UPDATE speaker SET canonical_id = 2 WHERE id = 4"),
    "one with nobody": ("identities", "UPDATE speaker SET canonical_id = NULL WHERE id = 1"),
    "a merge forgotten": (
        "identities", "UPDATE speaker SET canonical_id = id WHERE name = 'Ana Lund'"
    ),
    "bodies parted": ("identities", "UPDATE organisation SET canonical_id = id"),
    "a number elsewhere lost": ("identities", "UPDATE speaker SET external_id = NULL"),
    "another number elsewhere": (
        "identities", "UPDATE speaker SET external_id = 'wikidata:Q1' WHERE external_id IS NOT NULL"
    ),
    "a number of a body from nowhere": (
        "identities", "UPDATE organisation SET external_id = 'wikidata:Q1' WHERE id = 1"
    ),
    "a card counted twice": ("likenesses", "UPDATE likeness SET size = size + 1 WHERE subject = 'speaker'"),
    "a card that begins elsewhere": ("likenesses", "UPDATE likeness SET head_id = 2 WHERE head_id = 1"),
    # publications and copies
    "no first publication": ("publications", "UPDATE publication SET first = FALSE WHERE document_id = 1"),
    "two first publications": ("publications", "UPDATE publication SET first = TRUE WHERE document_id = 1"),
    "the later one first": ("publications", "UPDATE publication SET first = NOT first WHERE document_id = 1"),
    "an old version current": ("publications", "UPDATE publication SET current = TRUE"),
    "the latest version not current": ("publications", "UPDATE publication SET current = FALSE WHERE document_id = 3"),
    "an old text current": ("publications", "UPDATE document SET current = TRUE WHERE id = 2"),
    "a current text old": ("publications", "UPDATE document SET current = FALSE WHERE id = 1"),
    "another day": ("copies", "UPDATE quote SET published = '2023-01-01' WHERE id = 1"),
    "no day": ("copies", "UPDATE quote SET published = NULL WHERE id = 1"),
    "another outlet": ("copies", "UPDATE quote SET outlet_id = 2 WHERE id = 1"),
    "another canonical speaker": ("copies", "UPDATE quote SET canonical_speaker_id = 2 WHERE id = 1"),
    "no canonical body": ("copies", "UPDATE quote SET canonical_organisation_id = NULL WHERE id = 1"),
    "a denial listed": ("listed", "UPDATE quote SET listed = TRUE WHERE polarity = 'denied'"),
    "a statement not listed": ("listed", "UPDATE quote SET listed = FALSE WHERE id = 1"),
    "an old version listed": ("listed", "UPDATE quote SET listed = TRUE WHERE document_id = 2"),
    # names
    "a name lost": ("names", "DELETE FROM speaker_name WHERE speaker_id = 1"),
    "a name of a body lost": ("names", "DELETE FROM organisation_name WHERE name = 'BBX'"),
    "a name too many": (
        "names", "INSERT INTO speaker_name (speaker_id, name, key) VALUES (1, 'Nobody At All', 'nobody at all')"
    ),
    "another key": ("names", "UPDATE speaker_name SET key = 'other' WHERE speaker_id = 1"),
    "another key of a body": ("names", "UPDATE organisation_name SET key = 'other'"),
    "a name respelt": ("names", "UPDATE speaker_name SET name = 'Le Bros' WHERE speaker_id = 1"),
    "a name counted wrongly": ("names", "UPDATE speaker_name SET quotes = quotes + 1 WHERE speaker_id = 1"),
    "a name's first day": ("names", "UPDATE organisation_name SET first_published = '2000-01-01'"),
    "no words of names": ("names", "DELETE FROM name_word WHERE subject = 'speaker'"),
    "no words of outlets": ("names", "DELETE FROM name_word WHERE subject = 'outlet'"),
    "a word too many": ("names", "INSERT INTO name_word (subject, word, name_id) VALUES ('conduit', 'radio', 99)"),
    "another word": ("names", "UPDATE name_word SET word = 'zebra' WHERE word = 'okoro'"),
    # counts
    "quotes of a speaker": ("counts", "UPDATE speaker SET quotes = quotes + 1 WHERE id = 1"),
    "quotes of a row that is another": ("counts", "UPDATE speaker SET quotes = 1 WHERE canonical_id <> id"),
    "documents of a body": ("counts", "UPDATE organisation SET documents = 9 WHERE id = 1"),
    "last day of a speaker": ("counts", "UPDATE speaker SET last_published = '2030-01-01' WHERE id = 1"),
    "quotes of a claim": ("counts", "UPDATE claim SET quotes = 7 WHERE id = 1"),
    "a position lost": ("counts", "DELETE FROM position"),
    "another role": ("counts", "UPDATE position SET role = 'king'"),
    "a summary lost": ("counts", "DELETE FROM summary WHERE facet = 'kind'"),
    "another value": ("counts", "UPDATE summary SET value = 'mixed' WHERE value = 'direct' AND subject = 'speaker'"),
    "a summary of nobody": (
        "counts", "INSERT INTO summary (subject, canonical_id, facet, value, quotes) "
        "VALUES ('speaker', 99, 'outlet', 'Other', 1)"
    ),
    # leftovers
    "an outlet of nothing": ("leftovers", "INSERT INTO outlet (name) VALUES ('Nobody’s News')"),
    "a conduit of nothing": ("leftovers", "INSERT INTO conduit (name) VALUES ('nobody')"),
    "a claim of nothing": (
        "leftovers", "INSERT INTO claim (identity) VALUES ('0123456789abcdef0123456789abcdef')"
    ),
    "a speaker of nothing": (
        "leftovers", "INSERT INTO speaker (document_id, name, kind, apart) VALUES (1, 'Nobody', 'unnamed', FALSE)"
    ),
    "a body of nothing": (
        "leftovers", "INSERT INTO organisation (document_id, name, apart) VALUES (1, 'police', FALSE)"
    ),
    "a card of nothing": (
        "leftovers", "INSERT INTO likeness (subject, block, variant, kin, short, size) "
        "VALUES ('speaker', 'person no body', '', 'body', '', 0)"
    ),
    # schema
    "no view": ("schema", "DROP VIEW attributed_quote"),
    "another view": (
        "schema", "DROP VIEW affiliation; CREATE VIEW affiliation AS SELECT speaker_id, role FROM position"
    ),
    "no index of a list": ("schema", "DROP INDEX ix_quote_list_published"),
    "no index of a reference": ("schema", "DROP INDEX ix_quote_claim_id"),
    "another index": (
        "schema", "DROP INDEX ix_speaker_name; CREATE INDEX ix_speaker_name ON speaker (kind)"
    ),
    "no table of words": ("schema", "DROP TABLE name_word"),
    "no table of positions": ("schema", "DROP VIEW affiliation; DROP TABLE position"),
    "no table of pending documents": ("schema", "DROP TABLE pending_document"),
    "no table of summaries": ("schema", "DROP TABLE summary"),
}  # fmt: skip
ONLY_SQLITE = {
    "FACTS": {
        "a day that is none": ("values", "UPDATE publication SET published = '2024-02-30' WHERE id = 2"),
        "a day in words": ("values", "UPDATE publication SET published = 'yesterday' WHERE id = 2"),
        "a moment that is none": ("values", "UPDATE document SET added_at = '2024-01-01 25:00:00' WHERE id = 1"),
        "a moment in words": ("values", "UPDATE extraction SET extracted_at = 'noon'"),
        "a number in words": ("values", "UPDATE quote SET confidence = 'high' WHERE id = 1"),
        "a confidence above one": ("values", "UPDATE quote SET confidence = 1.5 WHERE id = 1"),
        "an unknown kind": ("values", "UPDATE quote SET kind = 'free' WHERE id = 1"),
        "an unknown polarity": ("values", "UPDATE quote SET polarity = 'maybe' WHERE id = 1"),
        "an unknown kind of speaker": ("values", "UPDATE speaker SET kind = 'robot' WHERE id = 1"),
        "an unknown part": ("values", "UPDATE quote_span SET part = 'verb' WHERE quote_id = 1 AND part = 'cue'"),
        "an end before its start": (
            "values", "UPDATE quote_span SET end_offset = 0 WHERE quote_id = 1 AND part = 'cue'"
        ),
        "an unknown verdict": ("values", "UPDATE judgement SET verdict = 'perhaps' WHERE id = 1"),
        "a number for a name": ("values", "UPDATE publication SET name = x'00' WHERE id = 1"),
        "neither true nor false": ("values", "UPDATE speaker SET apart = 2 WHERE id = 1"),
        "a table without its constraint": (
            "schema", "UPDATE sqlite_master SET sql = replace(sql, 'CHECK (act IN (''speech'', ''writing'', "
            "''thought''))', 'CHECK (1)') WHERE name = 'quote'"
        ),
        "a table with a column more": ("schema", "ALTER TABLE quote ADD COLUMN note TEXT"),
        "a table of facts dropped": ("schema", "DROP TABLE correction"),
        "a trigger of somebody else": (
            "schema", "CREATE TRIGGER meddle AFTER INSERT ON quote BEGIN UPDATE quote SET role = 'king'; END"
        ),
    },
    "COMPUTED": {
        "an emptied full-text index": ("full-text", "INSERT INTO quote_fts (quote_fts) VALUES ('delete-all')"),
        "a damaged full-text index": ("full-text", "DELETE FROM quote_fts_data WHERE id > 10"),
        "other words in the full-text index": (
            "full-text", "INSERT INTO quote_fts (quote_fts, rowid, words) SELECT 'delete', id, words FROM quote "
            "WHERE id = 1; INSERT INTO quote_fts (rowid, words) VALUES (1, 'other words')"
        ),
        "no trigger that fills the index": ("schema", "DROP TRIGGER quote_fts_insert"),
        "another trigger": (
            "schema", "DROP TRIGGER quote_fts_delete; "
            "CREATE TRIGGER quote_fts_delete AFTER DELETE ON quote BEGIN SELECT 1; END"
        ),
        "no full-text index": ("schema", "DROP TABLE quote_fts"),
        "no sizes in the full-text index": ("schema", "DROP TABLE quote_fts_docsize"),
        "an index that does not follow its table": (
            "storage", "CREATE TEMP TABLE kept AS SELECT * FROM sqlite_master WHERE name = 'ix_speaker_quotes'; "
            "DELETE FROM sqlite_master WHERE name = 'ix_speaker_quotes'; PRAGMA writable_schema = RESET; "
            "PRAGMA writable_schema = ON; UPDATE speaker SET quotes = quotes + 5 WHERE quotes > 0; "
            "INSERT INTO sqlite_master SELECT * FROM kept"
        ),
    },
}  # fmt: skip
ONLY_POSTGRES = {
    "FACTS": {
        "a column dropped": ("schema", "DROP VIEW attributed_quote; ALTER TABLE quote DROP COLUMN role"),
        "a column that may be empty": ("schema", "ALTER TABLE document ALTER text DROP NOT NULL"),
        "a column of another type": ("schema", "ALTER TABLE likeness ALTER size TYPE bigint"),
        "a trigger of somebody else": (
            "schema", "CREATE FUNCTION meddle() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'; "
            "CREATE TRIGGER meddle BEFORE INSERT ON quote FOR EACH ROW EXECUTE FUNCTION meddle()"
        ),
    },
    "COMPUTED": {
        "other words in the full-text index": (
            "full-text", "ALTER TABLE quote ALTER search DROP EXPRESSION; UPDATE quote SET search = 'other'"
        ),
        "no full-text index": ("schema", "DROP INDEX ix_quote_search"),
        "no words for the full-text index": ("schema", "ALTER TABLE quote DROP COLUMN search"),
        "a constraint dropped": ("schema", "ALTER TABLE quote DROP CONSTRAINT ck_quote_act"),
        "a reference dropped": ("schema", "ALTER TABLE quote DROP CONSTRAINT fk_quote_document_id"),
        "a key dropped": ("schema", "ALTER TABLE claim DROP CONSTRAINT uq_claim_identity"),
        "a number given out twice": ("storage", "SELECT setval('quote_id_seq', 1)"),
    },
}  # fmt: skip
