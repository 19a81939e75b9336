using IncidentHub.Domain.Audit;

namespace IncidentHub.Tests.Domain.Audit;

public class AuditRedactionTests
{
    [Fact]
    public void A_row_verifies_without_its_payload_where_a_later_row_records_that_with_the_hubs_signature()
    {
        var log = AuditLogSample.Of(4);
        log.Redact(2);
        var result = log.Verify();
        Assert.True(result.IsOk, result.Fault?.Message);
        Assert.Equal(1, result.Redacted);
    }

    [Fact]
    public void A_payload_that_vanished_without_a_record_is_located()
    {
        var log = AuditLogSample.Of(4);
        log.Rows[1] = log.Rows[1] with { Payload = null, Salt = null };
        Assert.Equal(2, log.Verify().Fault?.Row);
    }

    public static TheoryData<string> Forgeries() => ["no statement", "another row", "another subject", "stranger", "first by stranger",
        "another log", "another act", "before"];

    [Theory]
    [MemberData(nameof(Forgeries))]
    public void A_forged_record_of_a_redaction_is_located(string how)
    {
        var log = AuditLogSample.Of(4);
        if (how is "stranger") log.Redact(2, "stranger");
        else if (how is "first by stranger") log.Redact(2, "first", "stranger");
        else
        {
            log.Redact(2);
            var record = log.Rows[4];
            var (first, other) = (AuditLogSample.Of(6), AuditLogSample.Of(9));
            first.Redact(3);
            other.Redact(2);
            log.Rows[4] = how switch
            {
                "no statement" => record with { Payload = """{"reason":"A pasted secret."}""" },
                "another row" => record with { Payload = first.Rows[^1].Payload },
                "another subject" => record with { Subject = AuditChain.RedactionSubject(3) },
                "another log" => record with { Payload = other.Rows[^1].Payload },
                "another act" => record with { Act = AuditChain.ExpiredAct },
                _ => record,
            };
            if (how == "before") (log.Rows[0], log.Rows[4]) = (log.Rows[4], log.Rows[0]);
            RecomputeRecord(log, how == "before" ? 1 : 5);
        }
        var fault = log.Verify().Fault;
        Assert.True(fault is not null, how);
        Assert.InRange(fault.Row, 1, 5);
    }

    [Fact]
    public void A_redaction_of_a_withdrawn_key_counts_only_where_a_checkpoint_of_another_key_covers_its_record()
    {
        var log = AuditLogSample.Of(4);
        log.Redact(2);
        var withdrawn = AuditLogSample.Keys("first");
        Assert.Equal(5, log.Verify(withdrawn).Fault?.Row);
        log.Checkpoint("second");
        Assert.True(log.Verify(withdrawn).IsOk);
    }

    [Fact]
    public void A_redaction_cannot_be_redacted_away()
    {
        var log = AuditLogSample.Of(4);
        log.Redact(2);
        log.Redact(5);
        Assert.Equal(5, log.Verify().Fault?.Row);
    }

    // Writes the record's hashes anew, as somebody does who can write to the database.
    private static void RecomputeRecord(AuditLogSample log, int row)
    {
        var kept = log.Rows.ToList();
        var head = AuditHead.Empty;
        for (var i = 0; i < kept.Count; i++)
        {
            var r = kept[i];
            var removed = r is { Payload: null, PayloadDigest: not null };
            var (entry, next) = AuditChain.Next(head, new(r.At, r.ActorId, r.ActorName, r.ActorKind, r.Act, r.Subject!,
                removed ? $$"""{"n":{{i + 1}}}""" : r.Payload, r.Salt ?? AuditLogSample.Fields(i + 1).Salt, r.SubjectSalt!));
            log.Rows[i] = removed ? entry with { Payload = null, Salt = null } : entry;
            head = next;
        }
        Assert.InRange(row, 1, kept.Count);
        log.Head = log.Head with { LastHash = head.LastHash };
    }
}
