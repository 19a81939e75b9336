using IncidentHub.Domain.Access;
using IncidentHub.Domain.Audit;
using IncidentHub.Platform.Database;

namespace IncidentHub.Access.Audit;

/// <summary>The result of a verification as shown to auditors.</summary>
internal sealed record AuditVerdict(bool Ok, long Rows, long Redacted, long? FaultAtRow, string? Fault, AuditHead? Head);

/// <summary>Verifies the whole chain. Reads every row: seconds for a million.</summary>
internal sealed class VerifyAuditHandler(Db db)
{
    public async Task<Result<AuditVerdict>> HandleAsync(Actor actor, CancellationToken ct)
    {
        if (AccessTable.Deny(actor, Act.ReadAudit) is { } denied) return denied;
        var (result, head) = await db.ReadAsync(async sql => (await AuditReader.VerifyAsync(sql), await AuditReader.HeadAsync(sql)), ct);
        return new AuditVerdict(result.IsOk, result.Rows, result.Redacted, result.Fault?.Row, result.Fault?.Message, head);
    }
}
