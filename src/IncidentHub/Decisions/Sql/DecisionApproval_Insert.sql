INSERT INTO DecisionApproval (DecisionId, Capacity, ActorId, ActorName, At, Digest, Comment) VALUES (@DecisionId, @Capacity, @ActorId, @ActorName, @At, @Digest, @Comment)
