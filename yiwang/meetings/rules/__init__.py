"""The laws of meetings: what comes before the committee, and the two lives that follow."""
