"""The tables, and how a file made by an older quizzer comes to have them.

Appended to, never edited. Importing this imports sqlite_utils, which is slow: only for a file that needs a migration.
A change here needs ``opening.SCHEMA`` to count it.
"""

from sqlite_utils import Database, Migrations

migrations = Migrations("quizzer")
migration = migrations


@migration()
def m001_log_and_memory(db: Database) -> None:
    """Learners, the log, memory and places. There are no rows yet."""
    for statement in (
        """
        CREATE TABLE learners (
            id INTEGER PRIMARY KEY,
            name TEXT NOT NULL UNIQUE
        ) STRICT
        """,
        # An instant is in milliseconds since 1970, UTC; a day is a study day's date ordinal.
        """
        CREATE TABLE log (
            n INTEGER PRIMARY KEY,
            id TEXT NOT NULL UNIQUE CHECK (length(id) = 36),
            learner INTEGER NOT NULL REFERENCES learners (id),
            act TEXT NOT NULL CHECK (act IN ('review', 'undo', 'suspend', 'unsuspend', 'bury', 'flag', 'unflag',
                                             'reset', 'keep', 'reschedule')),
            deck TEXT NOT NULL,
            card TEXT NOT NULL CHECK (substr(card, 1, length(deck) + 1) = deck || '/'),
            at INTEGER NOT NULL,
            day INTEGER NOT NULL CHECK (day BETWEEN 1 AND 3652059),
            mode TEXT CHECK (mode <> ''),
            response TEXT,
            verdict TEXT CHECK (verdict IN ('right', 'near', 'wrong')),
            rating INTEGER CHECK (rating BETWEEN 1 AND 4),
            duration_ms INTEGER CHECK (duration_ms >= 0),
            granted_days INTEGER CHECK (granted_days >= 0),
            granted_seconds INTEGER CHECK (granted_seconds >= 0),
            before TEXT CHECK (before IN ('new', 'learning', 'review', 'relearning')),
            phase TEXT CHECK (phase IN ('learning', 'review', 'relearning')),
            step INTEGER CHECK (step >= 0),
            fingerprint TEXT NOT NULL DEFAULT '',
            voids TEXT,
            CHECK ((granted_days IS NULL) = (granted_seconds IS NULL)),
            CHECK (act <> 'review' OR (rating IS NOT NULL AND granted_days IS NOT NULL AND phase IS NOT NULL)),
            CHECK (act <> 'reschedule' OR granted_days IS NOT NULL),
            CHECK ((act = 'undo') = (voids IS NOT NULL))
        ) STRICT
        """,
        "CREATE INDEX log_card ON log (learner, card, at)",
        "CREATE INDEX log_day ON log (learner, day)",
        "CREATE INDEX log_voids ON log (voids) WHERE voids IS NOT NULL",
        "CREATE TRIGGER log_is_not_changed BEFORE UPDATE ON log BEGIN SELECT RAISE(ABORT, 'the log is only added to'); END",
        "CREATE TRIGGER log_is_not_deleted BEFORE DELETE ON log BEGIN SELECT RAISE(ABORT, 'the log is only added to'); END",
        """
        CREATE TABLE memory (
            learner INTEGER NOT NULL REFERENCES learners (id),
            card TEXT NOT NULL CHECK (substr(card, 1, length(deck) + 1) = deck || '/'),
            deck TEXT NOT NULL,
            phase TEXT NOT NULL CHECK (phase IN ('new', 'learning', 'review', 'relearning')),
            stability REAL NOT NULL CHECK (stability >= 0),
            difficulty REAL NOT NULL CHECK (difficulty BETWEEN 0 AND 10),
            step INTEGER NOT NULL CHECK (step >= 0),
            reps INTEGER NOT NULL CHECK (reps >= 0),
            lapses INTEGER NOT NULL CHECK (lapses >= 0),
            due_day INTEGER,
            due_at INTEGER,
            last_day INTEGER,
            last_at INTEGER,
            suspended INTEGER NOT NULL CHECK (suspended IN (0, 1)),
            buried_until INTEGER,
            fingerprint TEXT NOT NULL,
            PRIMARY KEY (learner, card),
            CHECK (phase = 'new' OR (due_day IS NULL) <> (due_at IS NULL))
        ) STRICT, WITHOUT ROWID
        """,
        # Covers every question a session's start asks of a deck, so that none reads the table.
        """
        CREATE INDEX memory_due ON memory (learner, deck, phase, due_day, due_at, suspended, buried_until, card, fingerprint)
        """,
        """
        CREATE TABLE places (
            learner INTEGER NOT NULL REFERENCES learners (id),
            scope TEXT NOT NULL,
            card TEXT NOT NULL,
            mode TEXT NOT NULL,
            shown_at INTEGER NOT NULL,
            PRIMARY KEY (learner, scope)
        ) STRICT, WITHOUT ROWID
        """,
    ):
        db.execute(statement)


@migration()
def m002_log_is_not_replaced(db: Database) -> None:
    """INSERT OR REPLACE is refused too; reviews are counted from an index. Changes no row that exists."""
    for statement in (
        # REPLACE deletes rows without their DELETE trigger, unless the connection asks for it.
        """
        CREATE TRIGGER log_is_not_replaced BEFORE INSERT ON log WHEN EXISTS (SELECT 1 FROM log WHERE id = NEW.id OR n = NEW.n)
        BEGIN SELECT RAISE(ABORT, 'the log is only added to'); END
        """,
        # Holds, in their order, all that counting reviews asks for: a million are counted without reading the table.
        "CREATE INDEX log_reviews ON log (learner, day, deck, before, rating, duration_ms) WHERE act = 'review'",
    ):
        db.execute(statement)


@migration()
def m003_weights(db: Database) -> None:
    """FSRS weights fitted to a learner, each fit a row; the newest counts. Changes no row that exists."""
    for statement in (
        # Numbers as a JSON list: 21, or none for FSRS's own. Like the log, only added to.
        """
        CREATE TABLE weights (
            id TEXT NOT NULL PRIMARY KEY CHECK (length(id) = 36),
            learner INTEGER NOT NULL REFERENCES learners (id),
            at INTEGER NOT NULL,
            numbers TEXT NOT NULL,
            reviews INTEGER NOT NULL CHECK (reviews >= 0),
            held_out INTEGER NOT NULL CHECK (held_out >= 0),
            loss_before REAL CHECK (loss_before >= 0),
            loss_after REAL CHECK (loss_after >= 0)
        ) STRICT
        """,
        "CREATE INDEX weights_newest ON weights (learner, at, id)",
    ):
        db.execute(statement)


@migration()
def m004_tallies(db: Database) -> None:
    """Reviews are counted by deck and day as they are logged; those that exist are counted now. Flagged cards, and
    those that were forgotten often, are found at once.
    """
    # An undo that was itself undone voids nothing.
    stands = (
        "NOT EXISTS (SELECT 1 FROM log AS undo WHERE undo.voids = {review}.id AND {of} "
        "NOT EXISTS (SELECT 1 FROM log AS redo WHERE redo.voids = undo.id {of_redos}))"
    )
    after = stands.format(review="review", of="", of_redos="")
    before = stands.format(review="review", of="undo.id <> NEW.id AND", of_redos="AND redo.id <> NEW.id")
    for statement in (
        # A cache: whatever stands here must never refuse an entry to the log, so there are no checks.
        """
        CREATE TABLE tallies (
            learner INTEGER NOT NULL,
            deck TEXT NOT NULL,
            day INTEGER NOT NULL,
            reviews INTEGER NOT NULL,
            asked INTEGER NOT NULL,
            kept INTEGER NOT NULL,
            milliseconds INTEGER NOT NULL,
            PRIMARY KEY (learner, deck, day)
        ) STRICT, WITHOUT ROWID
        """,
        f"""
        INSERT INTO tallies
            SELECT learner, deck, day, count(*), sum(before IS 'review'), sum(before IS 'review' AND rating > 1),
                sum(min(coalesce(duration_ms, 0), 300000))
            FROM log AS review INDEXED BY log_reviews WHERE act = 'review' AND {after} GROUP BY learner, deck, day
        """,
        "CREATE INDEX tallies_day ON tallies (learner, day)",
        # Counted as none where it is taken back already: a merge may bring the undo first.
        f"""
        CREATE TRIGGER log_reviews_are_counted AFTER INSERT ON log WHEN NEW.act = 'review' BEGIN
            INSERT INTO tallies
                SELECT NEW.learner, NEW.deck, NEW.day, stands, stands * (NEW.before IS 'review'),
                    stands * (NEW.before IS 'review' AND NEW.rating > 1), stands * min(coalesce(NEW.duration_ms, 0), 300000)
                FROM (SELECT {stands.format(review="NEW", of="", of_redos="")} AS stands) WHERE true
            ON CONFLICT (learner, deck, day) DO UPDATE SET reviews = reviews + excluded.reviews, asked = asked + excluded.asked,
                kept = kept + excluded.kept, milliseconds = milliseconds + excluded.milliseconds;
        END
        """,
        # An undo or a redo: what stood before it and does not now, or the other way round.
        f"""
        CREATE TRIGGER log_undos_are_counted AFTER INSERT ON log WHEN NEW.voids IS NOT NULL BEGIN
            UPDATE tallies SET reviews = reviews + change, asked = asked + change * change_asked,
                kept = kept + change * change_kept, milliseconds = milliseconds + change * change_milliseconds
            FROM (
                SELECT learner AS of_learner, deck AS of_deck, day AS on_day, ({after}) - ({before}) AS change,
                    before IS 'review' AS change_asked, (before IS 'review' AND rating > 1) AS change_kept,
                    min(coalesce(duration_ms, 0), 300000) AS change_milliseconds
                FROM log AS review
                WHERE act = 'review' AND id IN (NEW.voids, (SELECT undone.voids FROM log AS undone WHERE undone.id = NEW.voids))
            ) WHERE learner = of_learner AND deck = of_deck AND day = on_day AND change <> 0;
        END
        """,
        "DROP INDEX log_reviews",  # which served to count them anew each time
        "CREATE INDEX log_flags ON log (learner, card, at, id, act) WHERE act IN ('flag', 'unflag')",
        "CREATE INDEX memory_lapses ON memory (learner, lapses) WHERE lapses >= 4",
    ):
        db.execute(statement)


@migration()
def m005_journal(db: Database) -> None:
    """A journal of edits and merges, what a merge brought, and responses not rated yet. Rows that exist have none of it."""
    log = db["log"].columns  # as it stands: what a merge brought is kept whole while it is taken out
    columns = ", ".join(column.name for column in log if column.name != "n")
    for statement in (
        # Questions as they stood in their deck's file, to the letter. Like the log, only added to.
        """
        CREATE TABLE journal (
            id TEXT NOT NULL PRIMARY KEY CHECK (length(id) = 36),
            learner INTEGER NOT NULL REFERENCES learners (id),
            what TEXT NOT NULL CHECK (what <> ''),
            at INTEGER NOT NULL,
            day INTEGER NOT NULL CHECK (day BETWEEN 1 AND 3652059),
            deck TEXT NOT NULL,
            question TEXT NOT NULL,
            before TEXT NOT NULL,
            after TEXT NOT NULL,
            voids TEXT,
            CHECK ((what = 'undo') = (voids IS NOT NULL))
        ) STRICT
        """,
        "CREATE TRIGGER journal_is_not_changed BEFORE UPDATE ON journal BEGIN SELECT RAISE(ABORT, 'the journal is only added to'); END",
        "CREATE TRIGGER journal_is_not_deleted BEFORE DELETE ON journal BEGIN SELECT RAISE(ABORT, 'the journal is only added to'); END",
        # Which entries and weights a merge brought (a row of the journal), and those of a merge that was taken back.
        """
        CREATE TABLE brought (
            batch TEXT NOT NULL,
            id TEXT NOT NULL,
            learner INTEGER NOT NULL REFERENCES learners (id),
            PRIMARY KEY (batch, id)
        ) STRICT, WITHOUT ROWID
        """,
        f"CREATE TABLE withdrawn AS SELECT {columns} FROM log WHERE false",
        "CREATE UNIQUE INDEX withdrawn_id ON withdrawn (id)",
        "CREATE TABLE withdrawn_weights AS SELECT * FROM weights WHERE false",
        "CREATE UNIQUE INDEX withdrawn_weights_id ON withdrawn_weights (id)",
        # A response whose verdict was overruled and that is not rated yet, as JSON.
        "ALTER TABLE places ADD COLUMN pending TEXT",
    ):
        db.execute(statement)


@migration()
def m006_what_is_done_again_is_counted(db: Database) -> None:
    """A review done again is counted on a day that has no tally, as where all were counted anew while it was taken back. All are."""
    stands = (
        "NOT EXISTS (SELECT 1 FROM log AS undo WHERE undo.voids = review.id AND {of} "
        "NOT EXISTS (SELECT 1 FROM log AS redo WHERE redo.voids = undo.id {of_redos}))"
    )
    after = stands.format(of="", of_redos="")
    before = stands.format(of="undo.id <> NEW.id AND", of_redos="AND redo.id <> NEW.id")
    changed = f"""
        SELECT learner AS of_learner, deck AS of_deck, day AS on_day, ({after}) - ({before}) AS change,
            before IS 'review' AS change_asked, (before IS 'review' AND rating > 1) AS change_kept,
            min(coalesce(duration_ms, 0), 300000) AS change_milliseconds
        FROM log AS review
        WHERE act = 'review' AND id IN (NEW.voids, (SELECT undone.voids FROM log AS undone WHERE undone.id = NEW.voids))
    """
    for statement in (
        "DROP TRIGGER log_undos_are_counted",
        f"""
        CREATE TRIGGER log_undos_are_counted AFTER INSERT ON log WHEN NEW.voids IS NOT NULL BEGIN
            UPDATE tallies SET reviews = reviews + change, asked = asked + change * change_asked,
                kept = kept + change * change_kept, milliseconds = milliseconds + change * change_milliseconds
                FROM ({changed}) WHERE learner = of_learner AND deck = of_deck AND day = on_day AND change <> 0;
            INSERT INTO tallies
                SELECT of_learner, of_deck, on_day, 1, change_asked, change_kept, change_milliseconds FROM ({changed}) WHERE change > 0
                ON CONFLICT (learner, deck, day) DO NOTHING;
        END
        """,
        "DELETE FROM tallies",
        f"""
        INSERT INTO tallies
            SELECT learner, deck, day, count(*), sum(before IS 'review'), sum(before IS 'review' AND rating > 1),
                sum(min(coalesce(duration_ms, 0), 300000))
            FROM log AS review WHERE act = 'review' AND {after} GROUP BY learner, deck, day
        """,
    ):
        db.execute(statement)


@migration()
def m007_moves(db: Database) -> None:
    """Cards can take over the history of others, and their reviews are counted with them. Changes no row that exists."""
    moved = "(SELECT homes.deck FROM homes WHERE homes.learner = {row}.learner AND homes.origin = {row}.card)"
    deck = f"coalesce({moved}, {{row}}.deck)"
    stands = (
        "NOT EXISTS (SELECT 1 FROM log AS undo WHERE undo.voids = {review}.id AND {of} "
        "NOT EXISTS (SELECT 1 FROM log AS redo WHERE redo.voids = undo.id {of_redos}))"
    )
    after = stands.format(review="review", of="", of_redos="")
    before = stands.format(review="review", of="undo.id <> NEW.id AND", of_redos="AND redo.id <> NEW.id")
    changed = f"""
        SELECT learner AS of_learner, {deck.format(row="review")} AS of_deck, day AS on_day, ({after}) - ({before}) AS change,
            before IS 'review' AS change_asked, (before IS 'review' AND rating > 1) AS change_kept,
            min(coalesce(duration_ms, 0), 300000) AS change_milliseconds
        FROM log AS review
        WHERE act = 'review' AND id IN (NEW.voids, (SELECT undone.voids FROM log AS undone WHERE undone.id = NEW.voids))
    """
    journal = ", ".join(column.name for column in db["journal"].columns)
    for statement in (
        # A cache of what the journal's moves come to: as which card, and in which deck, the entries of a card count.
        """
        CREATE TABLE homes (
            learner INTEGER NOT NULL,
            origin TEXT NOT NULL,
            card TEXT NOT NULL,
            deck TEXT NOT NULL,
            PRIMARY KEY (learner, origin)
        ) STRICT, WITHOUT ROWID
        """,
        # What stands for the decks in which was last looked for what moved.
        "CREATE TABLE looked (learner INTEGER PRIMARY KEY, decks BLOB NOT NULL) STRICT",
        f"CREATE TABLE withdrawn_journal AS SELECT {journal} FROM journal WHERE false",
        "CREATE UNIQUE INDEX withdrawn_journal_id ON withdrawn_journal (id)",
        "DROP TRIGGER log_reviews_are_counted",
        f"""
        CREATE TRIGGER log_reviews_are_counted AFTER INSERT ON log WHEN NEW.act = 'review' BEGIN
            INSERT INTO tallies
                SELECT NEW.learner, {deck.format(row="NEW")}, NEW.day, stands, stands * (NEW.before IS 'review'),
                    stands * (NEW.before IS 'review' AND NEW.rating > 1), stands * min(coalesce(NEW.duration_ms, 0), 300000)
                FROM (SELECT {stands.format(review="NEW", of="", of_redos="")} AS stands) WHERE true
            ON CONFLICT (learner, deck, day) DO UPDATE SET reviews = reviews + excluded.reviews, asked = asked + excluded.asked,
                kept = kept + excluded.kept, milliseconds = milliseconds + excluded.milliseconds;
        END
        """,
        "DROP TRIGGER log_undos_are_counted",
        f"""
        CREATE TRIGGER log_undos_are_counted AFTER INSERT ON log WHEN NEW.voids IS NOT NULL BEGIN
            UPDATE tallies SET reviews = reviews + change, asked = asked + change * change_asked,
                kept = kept + change * change_kept, milliseconds = milliseconds + change * change_milliseconds
                FROM ({changed}) WHERE learner = of_learner AND deck = of_deck AND day = on_day AND change <> 0;
            INSERT INTO tallies
                SELECT of_learner, of_deck, on_day, 1, change_asked, change_kept, change_milliseconds FROM ({changed}) WHERE change > 0
                ON CONFLICT (learner, deck, day) DO NOTHING;
        END
        """,
    ):
        db.execute(statement)
