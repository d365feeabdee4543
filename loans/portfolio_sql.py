"""The two statements behind `loans.portfolio`: plan and receipts of a past day.

Both databases read them as they stand, but for the few words of `_WORDS` and for the
way along the rows of `_STOOD`.
"""

from loans.models import Loan

# Fractions of rows are rounded up as if they had been rounded to nine decimals before.
_HAIR = "0.0000000005"

# Each loan of a board, also where nothing is left to pay.
EACH = """
WITH paid AS (
  SELECT p.installment_id AS row_id, SUM(p.principal) AS principal,
         SUM(p.service_charge + p.forgiven) AS charge
  FROM loans_receiptpart p JOIN loans_receipt r ON r.id = p.receipt_id
  WHERE r.board_id {of_boards} AND r."on" <= %(day)s
    AND (r.reversed_on IS NULL OR r.reversed_on > %(day)s)
  GROUP BY p.installment_id
), plan AS (
  SELECT i.loan_id, l.board_id, i.due_on, i.principal AS planned,
         i.principal - COALESCE(p.principal, 0) AS principal,
         i.service_charge - COALESCE(p.charge, 0) AS charge,
         CASE WHEN i.due_on <= %(day)s THEN 1 ELSE 0 END AS due
  FROM loans_installment i
  JOIN loans_loan l ON l.id = i.loan_id
  LEFT JOIN paid p ON p.row_id = i.id
  WHERE l.board_id {of_boards} AND l.disbursed_on <= %(day)s
    AND (l.state NOT IN ({gone}) OR l.closed_on > %(day)s)
), loan AS (
  SELECT loan_id, board_id, SUM(principal) AS balance, SUM(charge) AS charge_left,
         SUM(due * principal) AS principal_arrears,
         SUM(due * charge) AS charge_arrears,
         MIN(CASE WHEN due = 1 AND (principal > 0 OR charge > 0) THEN due_on END)
           AS since,
         SUM(CASE WHEN due = 1 AND planned > 0
                  THEN CAST(principal AS double precision) / planned ELSE 0.0 END)
           - {hair} AS behind,
         SUM(CASE WHEN principal = 0 AND charge = 0 THEN 1 ELSE 0 END) AS rows_paid,
         MAX(due_on) AS last_due
  FROM plan GROUP BY loan_id, board_id
)
SELECT loan.loan_id, balance, charge_left, principal_arrears, charge_arrears,
       {rounded_up} + {months}, COALESCE(s.floor, 1), rows_paid, since
FROM loan LEFT JOIN loans_reschedule s ON s.loan_id = loan.loan_id
ORDER BY loan.loan_id
"""

# Of rows of a plan, those that were due on the day.
_DUE = """{sum}(i.principal) AS due, {sum}(i.service_charge) AS charge_due,
         COUNT(CASE WHEN i.principal > 0 THEN 1 END) AS rows_due"""
# What parts of receipts paid, and how much of it on rows to come: these are few, so
# they are picked out and what was due is the rest.
_PAID = """{sum}(p.principal) AS paid,
         {sum}(p.service_charge + p.forgiven) AS charge_paid,
         {sum}(p.principal) FILTER (WHERE p.due_on > %(day)s) AS ahead,
         {sum}(p.service_charge + p.forgiven) FILTER (WHERE p.due_on > %(day)s)
           AS charge_ahead,
         SUM(CASE WHEN p.planned > 0
                  THEN CAST(p.principal AS double precision) / p.planned END)
           FILTER (WHERE p.due_on <= %(day)s) AS rows_met"""
_IN_BOOK = """l.board_id {of_boards} AND l.disbursed_on <= %(day)s
    AND (l.closed_on IS NULL OR l.closed_on > %(day)s)"""
_LOAN = "l.id AS loan_id, l.board_id, l.principal, l.service_charge AS charge"

# Plan and parts of each loan, from an index each that holds all that is asked, in the
# order of the loans, so that nothing is sorted. SQLite walks along the loans twice;
# PostgreSQL, which would rather sort and hash the parts, looks up loan by loan.
_STOOD = {
    "sqlite": f"""plan AS (
  SELECT {_LOAN}, {_DUE}
  FROM loans_loan l
  LEFT JOIN loans_installment i ON i.loan_id = l.id AND i.due_on <= %(day)s
  WHERE {_IN_BOOK}
  GROUP BY l.id
), paid AS (
  SELECT l.id AS of_loan, {_PAID}
  FROM loans_loan l JOIN loans_receiptpart p ON p.loan_id = l.id
  WHERE {_IN_BOOK} AND p.paid_on <= %(day)s
  GROUP BY l.id
), stood AS (
  SELECT * FROM plan LEFT JOIN paid ON of_loan = loan_id
)""",
    "postgresql": f"""stood AS (
  SELECT {_LOAN}, plan.*, paid.*
  FROM loans_loan l CROSS JOIN LATERAL (
    SELECT {_DUE}, MAX(i.due_on) AS due_until FROM loans_installment i
    WHERE i.loan_id = l.id AND i.due_on <= %(day)s
  ) plan CROSS JOIN LATERAL (
    SELECT {_PAID} FROM loans_receiptpart p
    WHERE p.loan_id = l.id AND p.paid_on <= %(day)s
  ) paid
  WHERE {_IN_BOOK}
)""",
}

# Many boards, added up by what a rule may ask of a loan. Of each plan only the rows
# that were due are read: all rows together are the principal and the charge of the
# loan. Receipts are added whole, then the few that were taken back are put back. A loan
# that ended by the day owes nothing there and is passed over. The last row counts once
# all were due. Rows paid matter only where a new plan holds the class.
SUMS = f"""
WITH {{stood}}, undone AS (
  SELECT p.loan_id, {_PAID}
  FROM loans_receipt r {{parts_of_receipt}}
  WHERE r.reversed_on <= %(day)s AND r.board_id {{of_boards}}
  GROUP BY p.loan_id
), owed AS (
  SELECT stood.loan_id, board_id,
         principal - COALESCE(stood.paid, 0) + COALESCE(undone.paid, 0) AS balance,
         charge - COALESCE(stood.charge_paid, 0) + COALESCE(undone.charge_paid, 0)
           AS charge_left,
         COALESCE(due, 0)
           - COALESCE(stood.paid, 0) + COALESCE(stood.ahead, 0)
           + COALESCE(undone.paid, 0) - COALESCE(undone.ahead, 0)
           AS principal_arrears,
         COALESCE(charge_due, 0)
           - COALESCE(stood.charge_paid, 0) + COALESCE(stood.charge_ahead, 0)
           + COALESCE(undone.charge_paid, 0) - COALESCE(undone.charge_ahead, 0)
           AS charge_arrears,
         rows_due - COALESCE(stood.rows_met, 0) + COALESCE(undone.rows_met, 0)
           - {{hair}} AS behind,
         due = principal AND charge_due = charge AS all_due {{due_until}}
  FROM stood LEFT JOIN undone ON undone.loan_id = stood.loan_id {{fence}}
), owing AS (
  SELECT owed.*, COALESCE(s.floor, 1) AS floor,
         CASE WHEN s.floor > 1 THEN (
           SELECT COUNT(*) FROM loans_installment i
           WHERE i.loan_id = owed.loan_id AND i.principal + i.service_charge <= (
             SELECT COALESCE(SUM(p.principal + p.service_charge + p.forgiven), 0)
             FROM loans_receiptpart p
             WHERE p.installment_id = i.id AND p.paid_on <= %(day)s
               AND NOT EXISTS (SELECT 1 FROM loans_receipt r
                               WHERE r.id = p.receipt_id AND r.reversed_on <= %(day)s)
           )) ELSE 0 END AS rows_paid,
         CASE WHEN principal_arrears > 0 AND all_due THEN {{last_due}} END AS last_due
  FROM owed LEFT JOIN loans_reschedule s ON s.loan_id = owed.loan_id
  WHERE balance > 0 OR charge_left > 0 {{fence}}
), late AS (
  SELECT owing.*,
         CASE WHEN principal_arrears > 0 THEN {{rounded_up}} + {{months}} ELSE 0 END
           AS k
  FROM owing {{fence}}
)
SELECT board_id, k, charge_arrears > 0, floor, rows_paid, COUNT(*),
       COUNT(CASE WHEN balance > 0 THEN 1 END),
       {{sum}}(balance), {{sum}}(charge_left),
       {{sum}}(principal_arrears), {{sum}}(charge_arrears)
FROM late
GROUP BY 1, 2, 3, 4, 5
"""

# Whole months since the last row fell due, while principal is open after it.
_MONTHS = """
  CASE WHEN principal_arrears > 0 AND last_due <= %(day)s
  THEN (%(year)s - {year}) * 12 + %(month)s - {month}
       - CASE WHEN %(dom)s < CASE WHEN {dom} < %(days)s THEN {dom} ELSE %(days)s END
              THEN 1 ELSE 0 END
  ELSE 0 END"""
# Each engine in the words that it makes least of. The fence keeps an inner step apart,
# so that what an outer one asks of it more than once is worked out once. SQLite has no
# CEILING of its own (Django's goes through Python for each loan); it keeps days as text
# and seeks the last one faster than it compares them all.
# `sum_whole` adds whole numbers as such, where PostgreSQL's SUM goes through numeric.
_WORDS = {
    "sqlite": {
        "of_boards": "IN (SELECT value FROM json_each(%(boards)s))",
        "sum": "SUM",
        "parts_of_receipt": "JOIN loans_receiptpart p ON p.receipt_id = r.id",
        "fence": "LIMIT -1",
        "due_until": "",
        "last_due": "(SELECT MAX(i.due_on) FROM loans_installment i"
        " WHERE i.loan_id = owed.loan_id)",
        "rounded_up": "CAST(behind AS INTEGER) + (behind > CAST(behind AS INTEGER))",
        "year": "CAST(SUBSTR(last_due, 1, 4) AS INTEGER)",
        "month": "CAST(SUBSTR(last_due, 6, 2) AS INTEGER)",
        "dom": "CAST(SUBSTR(last_due, 9, 2) AS INTEGER)",
    },
    "postgresql": {
        "of_boards": "= ANY(%(boards)s)",
        "sum": "sum_whole",
        "parts_of_receipt": "CROSS JOIN LATERAL (SELECT * FROM loans_receiptpart p"
        " WHERE p.receipt_id = r.id OFFSET 0) p",
        "fence": "OFFSET 0",
        "due_until": ", due_until",
        "last_due": "due_until",
        "rounded_up": "CAST(CEILING(behind) AS integer)",
        "year": "CAST(DATE_PART('year', last_due) AS integer)",
        "month": "CAST(DATE_PART('month', last_due) AS integer)",
        "dom": "CAST(DATE_PART('day', last_due) AS integer)",
    },
}


def statement(asked: str, vendor: str) -> str:
    """`EACH` or `SUMS` in the words of an engine."""
    words = _WORDS[vendor]
    return asked.format(
        **words,
        hair=_HAIR,
        gone=", ".join(f"'{state.value}'" for state in Loan.OUT_OF_BOOK),
        months=_MONTHS.format(**words),
        stood=_STOOD[vendor].format(**words),
    )
