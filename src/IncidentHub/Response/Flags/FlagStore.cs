using System.Globalization;
using IncidentHub.Domain.Flags;
using IncidentHub.Platform.Database;

namespace IncidentHub.Response.Flags;

/// <summary>Loads and saves flags and their conversations. Only this feature reads their tables.</summary>
internal static class FlagStore
{
    /// <summary>The flag with this code, without a check of visibility; null for an invalid code.</summary>
    public static async Task<FlagRecord?> LoadAsync(ISql sql, string code) =>
        Normalise(code) is { } known && await sql.FirstOrDefaultAsync<Guid?>("Flag_IdByCode", new { Code = known }) is { } id
            ? await LoadAsync(sql, id) : null;

    public static async Task<FlagRecord?> LoadAsync(ISql sql, Guid id) =>
        (await sql.FirstOrDefaultAsync<FlagRow>("Flag_ById", new { Id = id }))?.ToRecord();

    public static async Task<FlagRecord?> LoadByReceiptAsync(ISql sql, string? receipt) =>
        FlagReceipt.Digest(receipt) is { } hash && await sql.FirstOrDefaultAsync<Guid?>("Flag_IdByReceipt", new { ReceiptHash = hash })
            is { } id ? await LoadAsync(sql, id) : null;

    public static async Task<(string Code, int Number)> NextCodeAsync(UnitOfWork tx)
    {
        var number = await Counters.NextAsync(tx, "flag");
        return (string.Create(CultureInfo.InvariantCulture, $"F-{number}"), number);
    }

    public static Task InsertAsync(UnitOfWork tx, FlagState s, int number, string? receiptHash) => tx.ExecuteAsync("Flag_Insert", new
    {
        s.Id,
        s.Code,
        Number = number,
        Concern = s.Report.Text,
        s.Report.About,
        DataAnswer = s.Report.Data.ToString(),
        AudienceAnswer = s.Report.Audience.ToString(),
        StillOpen = s.Report.StillOpen.ToString(),
        SuggestedSev = (int)s.SuggestedSev,
        s.ProgramId,
        s.RaisedById,
        ReceiptHash = receiptHash,
        Status = s.Status.ToString(),
        s.FlaggedAt,
        s.AcknowledgedAt,
        s.AcknowledgedById,
        s.ClosedAt,
        s.IncidentId,
        s.DismissReason,
        s.Version,
        ChangedAt = tx.Now,
        ChangedBy = FlagActors.Reporter.Name,
        ChangedWhat = "filed",
    });

    /// <summary>Saves the state after a command. False: another change was saved first.</summary>
    public static async Task<bool> UpdateAsync(UnitOfWork tx, FlagState before, FlagState next, string by, string what) =>
        await tx.ExecuteAsync("Flag_Update", FlagRow.Args(next, before.Version, ChangeNote.Of(tx.Now, by, what))) == 1;

    /// <summary>Appends the message. The flag was saved before it, so no other transaction can write to it meanwhile.</summary>
    public static Task AddMessageAsync(UnitOfWork tx, Guid flagId, FlagMessage m) =>
        tx.ExecuteAsync("Flag_MessageInsert", new
        {
            m.Id,
            FlagId = flagId,
            Side = m.Side.ToString(),
            m.AuthorId,
            m.Body,
            WrittenAt = m.At,
        });

    public static Task<IReadOnlyList<FlagMessageRecord>> MessagesAsync(ISql sql, Guid flagId) =>
        sql.QueryAsync<FlagMessageRecord>("Flag_Messages", new { FlagId = flagId });

    /// <summary>Adds a file of the reporter. The flag was saved before it, so no other transaction can write to it meanwhile.</summary>
    public static Task AttachAsync(UnitOfWork tx, Guid flagId, FlagAttached attached) => tx.ExecuteAsync("FlagAttachment_Insert", new
    {
        FlagId = flagId,
        attached.Attachment.Id,
        attached.MessageId,
        Kind = attached.Attachment.Kind.ToString(),
        attached.Attachment.Size,
        Digest = attached.Attachment.Sha256,
        AddedAt = tx.Now,
    });

    public static Task<IReadOnlyList<FlagAttachmentRecord>> AttachmentsAsync(ISql sql, Guid flagId) =>
        sql.QueryAsync<FlagAttachmentRecord>("FlagAttachment_List", new { FlagId = flagId });

    private static string? Normalise(string code)
    {
        var known = Codes.Upper(code);
        return known.Length is >= 3 and <= 12 && known.StartsWith("F-", StringComparison.Ordinal) && known[2..].All(char.IsAsciiDigit)
            ? known : null;
    }
}
