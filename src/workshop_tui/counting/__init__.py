"""Ways of counting a room's answers: pure rules over profiles, exact, each with its source named.

A rule knows nothing of rooms, phones or agendas: it takes the candidates' keys and a profile (how many people gave
each answer, see `profiles`) and gives an `outcome.Outcome`. Nothing is picked silently or by chance: where a rule ends
in a tie, all of it is named. docs/counting.md says what each rule was compared with.

What a rule is told must fit: a profile names only candidates, and an answer names each of them once at most. Readers of
ballots and files see to it; a rule handed anything else may raise KeyError.
"""
