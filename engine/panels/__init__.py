"""People's judgement: methods of voting, ballots into tallies, tallies into points."""
