"""The two statements behind `loans.portfolio`: plan and receipts of a past day.

Both databases read them as they stand, but for the few words of `WORDS`; days are
compared as days, and taken apart as text (YYYY-MM-DD), which both write alike.
"""

from loans.models import Loan

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
         ROUND(SUM(CASE WHEN due = 1 AND planned > 0
                        THEN 1.0 * principal / planned ELSE 0.0 END), 9) AS behind,
         SUM(CASE WHEN principal = 0 AND charge = 0 THEN 1 ELSE 0 END) AS rows_paid,
         MAX(due_on) AS last_due
  FROM plan GROUP BY loan_id, board_id
)
SELECT loan.loan_id, balance, charge_left, principal_arrears, charge_arrears,
       CEILING(behind) + {months}, COALESCE(s.floor, 1), rows_paid, since
FROM loan LEFT JOIN loans_reschedule s ON s.loan_id = loan.loan_id
ORDER BY loan.loan_id
"""

# What a set of parts of receipts paid: of all, and on the rows that were due.
_PAID = """SUM(p.principal) AS principal, SUM(p.service_charge + p.forgiven) AS charge,
         SUM(p.principal) FILTER (WHERE p.due_on <= %(day)s) AS due,
         SUM(p.service_charge + p.forgiven) FILTER (WHERE p.due_on <= %(day)s)
           AS charge_due,
         SUM(CAST(p.principal AS double precision) / NULLIF(p.planned, 0))
           FILTER (WHERE p.due_on <= %(day)s) AS rows_due"""
_IN_BOOK = """l.board_id {of_boards} AND l.disbursed_on <= %(day)s
    AND (l.closed_on IS NULL OR l.closed_on > %(day)s)"""

# Many boards, added up by what a rule may ask of a loan. Of each plan only the rows
# that were due are read: all rows together are the principal and the charge of the
# loan. Receipts are added whole, then the few that were taken back are put back. Plan
# and parts are read in the order of an index that holds all that is asked, loan by
# loan, so that nothing is sorted. A loan that ended by the day owes nothing there and
# is passed over. The last row counts once all were due. Rows paid matter only where a
# new plan holds the class.
SUMS = f"""
WITH plan AS (
  SELECT l.id AS loan_id, l.board_id, l.principal, l.service_charge AS charge,
         COALESCE(SUM(i.principal), 0) AS due,
         COALESCE(SUM(i.service_charge), 0) AS charge_due,
         COUNT(NULLIF(i.principal, 0)) AS rows_due, MAX(i.due_on) AS last_due
  FROM loans_loan l
  LEFT JOIN loans_installment i ON i.loan_id = l.id AND i.due_on <= %(day)s
  WHERE {_IN_BOOK}
  GROUP BY l.id
), paid AS (
  SELECT l.id AS loan_id, {_PAID}
  FROM loans_loan l JOIN loans_receiptpart p ON p.loan_id = l.id
  WHERE {_IN_BOOK} AND p.paid_on <= %(day)s
  GROUP BY l.id
), undone AS (
  SELECT p.loan_id, {_PAID}
  FROM loans_receipt r JOIN loans_receiptpart p ON p.receipt_id = r.id
  WHERE r.reversed_on <= %(day)s AND r.board_id {{of_boards}}
  GROUP BY p.loan_id
), owed AS {{apart}} (
  SELECT plan.loan_id, board_id,
         CAST(plan.principal - COALESCE(paid.principal, 0)
              + COALESCE(undone.principal, 0) AS bigint) AS balance,
         CAST(plan.charge - COALESCE(paid.charge, 0) + COALESCE(undone.charge, 0)
              AS bigint) AS charge_left,
         CAST(plan.due - COALESCE(paid.due, 0) + COALESCE(undone.due, 0)
              AS bigint) AS principal_arrears,
         CAST(plan.charge_due - COALESCE(paid.charge_due, 0)
              + COALESCE(undone.charge_due, 0) AS bigint) AS charge_arrears,
         plan.rows_due - COALESCE(paid.rows_due, 0) + COALESCE(undone.rows_due, 0)
           AS behind,
         CASE WHEN plan.due = plan.principal AND plan.charge_due = plan.charge
              THEN plan.last_due END AS last_due
  FROM plan
  LEFT JOIN paid ON paid.loan_id = plan.loan_id
  LEFT JOIN undone ON undone.loan_id = plan.loan_id {{fence}}
), owing AS {{apart}} (
  SELECT owed.*, COALESCE(s.floor, 1) AS floor,
         CASE WHEN s.floor > 1 THEN (
           SELECT COUNT(*) FROM loans_installment i
           WHERE i.loan_id = owed.loan_id AND i.principal + i.service_charge <= (
             SELECT COALESCE(SUM(p.principal + p.service_charge + p.forgiven), 0)
             FROM loans_receiptpart p
             WHERE p.installment_id = i.id AND p.paid_on <= %(day)s
               AND NOT EXISTS (SELECT 1 FROM loans_receipt r
                               WHERE r.id = p.receipt_id AND r.reversed_on <= %(day)s)
           )) ELSE 0 END AS rows_paid
  FROM owed LEFT JOIN loans_reschedule s ON s.loan_id = owed.loan_id
  WHERE balance > 0 OR charge_left > 0 {{fence}}
), late AS {{apart}} (
  SELECT owing.*, CASE WHEN principal_arrears > 0 THEN {{rounded_up}} ELSE 0 END
         + {{months}} AS k
  FROM owing {{fence}}
)
SELECT board_id, k, charge_arrears > 0, floor, rows_paid, COUNT(*),
       COUNT(CASE WHEN balance > 0 THEN 1 END),
       SUM(balance), SUM(charge_left), SUM(principal_arrears), SUM(charge_arrears)
FROM late
GROUP BY 1, 2, 3, 4, 5
"""

# Whole months since the last row fell due, while principal is open after it.
_YEAR, _MONTH, _DAY = (
    f"CAST(SUBSTR(CAST(last_due AS VARCHAR(10)), {place}) AS INTEGER)"
    for place in ("1, 4", "6, 2", "9, 2")
)
_MONTHS = f"""
  CASE WHEN principal_arrears > 0 AND last_due <= %(day)s
  THEN (%(year)s - {_YEAR}) * 12 + %(month)s - {_MONTH}
       - CASE WHEN %(dom)s < CASE WHEN {_DAY} < %(days)s THEN {_DAY} ELSE %(days)s END
              THEN 1 ELSE 0 END
  ELSE 0 END"""
_WHOLE = "CAST(ROUND(behind, 9) AS INTEGER)"
_SHARED = {
    "gone": ", ".join(f"'{state.value}'" for state in Loan.OUT_OF_BOOK),
    "months": _MONTHS,
}
# Each engine in the words that it makes least of. What an outer step asks of an inner
# one more than once is worked out once: SQLite keeps it, PostgreSQL only stops there.
# SQLite has no CEILING of its own; Django's goes through Python for each loan.
WORDS = {
    "sqlite": _SHARED
    | {
        "of_boards": "IN (SELECT value FROM json_each(%(boards)s))",
        "apart": "MATERIALIZED",
        "fence": "",
        "rounded_up": f"{_WHOLE} + (ROUND(behind, 9) > {_WHOLE})",
    },
    "postgresql": _SHARED
    | {
        "of_boards": "= ANY(%(boards)s)",
        "apart": "",
        "fence": "OFFSET 0",
        "rounded_up": "CAST(CEILING(ROUND(CAST(behind AS numeric), 9)) AS integer)",
    },
}
