"""Hard words of the field with what they mean, a short sentence each, for the easy-read form of a plan.

They are our own wording and no reader has tested them; a partnership that has tested words of its own writes the section
`easy-read` instead.
"""

#: a hard word, in small letters -> what it means. The first that is found in a title is explained once in the whole text.
EXPLAINED: dict[str, str] = {
    "anti-social behaviour": "Anti-social behaviour is when people upset or frighten others.",
    "hate crime": "A hate crime is when someone is hurt because of who they are.",
    "community tensions": "Tensions are when groups of people do not get on.",
    "domestic abuse": "Domestic abuse is when a partner or family member hurts you.",
    "sexual violence": "Sexual violence is any sexual act that you did not agree to.",
    "violence against women": "This means harm done to women and girls because they are female.",
    "serious violence": "Serious violence is when people are badly hurt or killed.",
    "organised crime": "Organised crime is when gangs plan crimes together.",
    "county lines": "County lines is when gangs use children to move drugs.",
    "modern slavery": "Modern slavery is when people are forced to work.",
    "exploitation": "Exploitation is when someone uses another person for gain.",
    "victim": "A victim is a person who was harmed by a crime.",
    "vulnerable": "Vulnerable means more easily harmed.",
    "terrorism": "Terrorism is when people use violence to make others afraid.",
    "terrorist": "A terrorist uses violence to make others afraid.",
    "radicalisation": "Radicalisation is when someone is led to believe in violence.",
    "extremism": "Violent extremism is using violence because of a belief.",
    "re-offending": "Re-offending is when a person does crime again.",
    "reoffending": "Reoffending is when a person does crime again.",
    "offending": "Offending means doing a crime.",
    "restorative justice": "Restorative justice is when both sides of a crime talk it through.",
    "inter-generational": "Inter-generational means passed on from parents to children.",
    "substance misuse": "Substance misuse is when drugs or alcohol harm a person.",
    "intervention": "An intervention is a step that is taken to help.",
    "recovery": "Recovery means getting better.",
    "safeguarding": "Safeguarding means keeping people safe from harm.",
    "cyber": "Cyber crime is crime that uses phones or computers.",
    "resilience": "Resilience means being able to cope when things go wrong.",
    "governance": "Governance is who makes the decisions.",
    "burglary": "Burglary is when someone breaks in to steal.",
    "robbery": "Robbery is when someone takes your things by force.",
    "fraud": "Fraud is when someone tricks you to get your money.",
    "arson": "Arson is when someone starts a fire on purpose.",
    "road safety": "Road safety means fewer people hurt on the roads.",
    "mitigate": "To mitigate something is to make it less bad.",
    "enforcement": "Enforcement means making people follow the law.",
    "prevention": "Prevention means stopping something before it happens.",
}
