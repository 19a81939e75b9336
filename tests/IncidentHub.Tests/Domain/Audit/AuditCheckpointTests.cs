using FsCheck;
using FsCheck.Fluent;
using IncidentHub.Domain.Audit;

namespace IncidentHub.Tests.Domain.Audit;

public class AuditCheckpointTests
{
    [Fact]
    public void A_log_with_its_checkpoints_verifies_and_says_what_is_not_covered_yet()
    {
        var log = AuditLogSample.Of(10, 4, 7);
        var result = log.Verify(kept: [.. log.Checkpoints]);
        Assert.True(result.IsOk, result.Fault?.Message);
        Assert.Equal((10, 2, 7, 2), (result.Rows, result.Checkpoints, result.CoveredTo, result.KeptCompared));
        Assert.Equal(log.Rows[7].At, result.UncoveredSince);
        Assert.Null(AuditLogSample.Of(7, 4, 7).Verify().UncoveredSince);
    }

    [Fact]
    public void A_checkpoint_is_a_JWS_that_reads_back_and_no_other_spelling_does()
    {
        var made = AuditLogSample.Of(3, 3).Checkpoints[0];
        Assert.Equal(made, AuditCheckpoint.Parse(made.Jws));
        Assert.Null(AuditCheckpoint.Parse(made.Jws + "="));
        Assert.Null(AuditCheckpoint.Parse(made.Jws.ToUpperInvariant()));
        for (var i = 0; i < made.Jws.Length; i++)
        {
            foreach (var other in (char[])['A', 'z', '.', ' '])
            {
                var changed = made.Jws[..i] + other + made.Jws[(i + 1)..];
                if (changed == made.Jws || AuditCheckpoint.Parse(changed) is not { } read) continue;
                var log = AuditLogSample.Of(3, 3);
                log.Checkpoints[0] = read;
                Assert.False(log.Verify().IsOk, $"Character {i} became {other}, and nobody noticed.");
            }
        }
    }

    [Fact]
    public void Rows_that_were_rewritten_with_everything_after_them_are_located_by_the_next_checkpoint() => Check.One(
        Config.QuickThrowOnFailure,
        Prop.ForAll(RewrittenRow(), pick =>
        {
            var log = AuditLogSample.Of(12, 4, 8);
            log.Rows[pick - 1] = log.Rows[pick - 1] with { ActorName = "Somebody else" };
            log.Recompute(pick);
            var fault = log.Verify().Fault;
            return pick > 8 ? fault is null : fault?.Row == (pick <= 4 ? 4 : 8)
                && fault.Message.Contains("was rewritten", StringComparison.Ordinal);
        }));

    [Fact]
    public void A_kept_checkpoint_finds_what_was_rewritten_together_with_the_stored_checkpoints() => Check.One(
        Config.QuickThrowOnFailure,
        Prop.ForAll(RewrittenRow(), pick =>
        {
            var log = AuditLogSample.Of(12, 4, 8, 12);
            AuditCheckpoint[] kept = [.. log.Checkpoints];
            log.Rows.RemoveAt(pick - 1);
            log.Recompute(pick);
            log.Checkpoints.RemoveAll(c => c.Sequence >= pick);
            log.Head = log.Head with { Checkpoints = log.Checkpoints.Count };
            return log.Verify().IsOk && log.Verify(kept: kept).Fault?.Row == Math.Min((pick + 3) / 4 * 4, 12);
        }));

    [Fact]
    public void A_log_that_was_cut_or_emptied_is_found_by_a_kept_checkpoint()
    {
        var log = AuditLogSample.Of(12, 4, 8);
        var kept = log.Checkpoints[1];
        foreach (var left in (int[])[0, 3, 4, 7])
        {
            var cut = log.Copy();
            cut.Rows.RemoveRange(left, cut.Rows.Count - left);
            cut.Checkpoints.RemoveAll(c => c.Sequence > left);
            cut.Head = new(left, left == 0 ? AuditHead.Empty.LastHash : cut.Rows[^1].Hash, cut.Checkpoints.Count);
            Assert.True(cut.Verify().IsOk);
            Assert.Equal(left + 1, cut.Verify(kept: [kept]).Fault?.Row);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_checkpoint_that_is_removed_swapped_doubled_or_changed_is_located(int number)
    {
        var log = AuditLogSample.Of(12, 4, 8, 12);
        var at = number - 1;
        void Found(Action<List<AuditCheckpoint>> change, string what)
        {
            var changed = log.Copy();
            change(changed.Checkpoints);
            var fault = changed.Verify().Fault;
            Assert.True(fault is not null, what);
            // At the checkpoint, or at the one that then follows, or at the end.
            Assert.InRange(fault.Row, number * 4, 13);
        }
        Found(c => c.RemoveAt(at), "removed");
        Found(c => c.Insert(at, c[at]), "doubled");
        if (number < 3) Found(c => (c[at], c[at + 1]) = (c[at + 1], c[at]), "swapped");
        Found(c => c[at] = c[at] with { Number = 9 }, "number");
        Found(c => c[at] = c[at] with { Hash = log.Rows[0].Hash }, "hash");
        Found(c => c[at] = c[at] with { At = c[at].At.AddTicks(1) }, "time");
        Found(c => c[at] = c[at] with { PreviousDigest = log.Rows[0].Hash }, "digest of the one before");
        Found(c => c[at] = c[at] with { KeyId = "second" }, "key");
        Found(c => c[at] = c[at] with { KeyId = "stranger" }, "unknown key");
        Found(c => c[at] = c[at] with { Signature = c[(at + 1) % 3].Signature }, "signature");
        Found(c => c[at] = c[at] with { Signature = "" }, "no signature");
        Found(c => c[at] = c[at] with { Sequence = c[at].Sequence + 1 }, "sequence");
    }

    [Fact]
    public void A_checkpoint_of_another_key_is_refused()
    {
        var log = AuditLogSample.Of(4);
        log.Checkpoint("stranger");
        Assert.Contains("not among the keys", log.Verify().Fault?.Message, StringComparison.Ordinal);
        log = AuditLogSample.Of(4);
        log.Checkpoint("first", signedWith: "stranger");
        Assert.Contains("signature", log.Verify().Fault?.Message, StringComparison.Ordinal);
        var kept = log.Checkpoints[0];
        log = AuditLogSample.Of(4, 4);
        Assert.Contains("Kept", log.Verify(kept: [kept]).Fault?.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_after_the_last_checkpoint_of_a_trusted_key_count_as_not_covered_when_a_key_is_withdrawn()
    {
        var log = AuditLogSample.Of(8, 4);
        log.Checkpoint("second");
        var result = log.Verify(AuditLogSample.Keys(withdrawn: "second"), kept: [.. log.Checkpoints]);
        Assert.True(result.IsOk, result.Fault?.Message);
        Assert.Equal((4, 1, 1), (result.CoveredTo, result.WithdrawnCheckpoints, result.KeptIgnored));
        Assert.Equal(log.Rows[4].At, result.UncoveredSince);
        // The next checkpoint covers them again, without a new row.
        log.Checkpoint("first");
        Assert.Equal(8, log.Verify(AuditLogSample.Keys(withdrawn: "second")).CoveredTo);
    }

    [Fact]
    public void Without_keys_the_chain_is_verified_and_the_signatures_are_said_not_to_be()
    {
        var log = AuditLogSample.Of(8, 4, 8);
        var verifier = new AuditVerifier();
        foreach (var row in log.Rows)
        {
            Assert.True(verifier.Take(row));
            foreach (var c in log.Checkpoints.Where(c => c.Sequence == row.Sequence)) Assert.True(verifier.Take(c));
        }
        var result = verifier.Finish(log.Head);
        Assert.Equal((true, 2, 0), (result.IsOk, result.UnverifiedCheckpoints, result.CoveredTo));
    }

    private static Arbitrary<int> RewrittenRow() => Gen.Choose(1, 12).ToArbitrary();
}
