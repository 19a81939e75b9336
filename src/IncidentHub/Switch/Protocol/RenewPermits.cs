using System.ComponentModel.DataAnnotations;
using IncidentHub.Domain.Pauses;
using IncidentHub.Domain.Programs;
using IncidentHub.Catalog.Programs;
using IncidentHub.Switch.Collectors;

namespace IncidentHub.Switch.Protocol;

internal sealed record RenewPermits([Required] string? Nonce, [Required] IReadOnlyList<RenewProgram?>? Programs);

/// <param name="EpochSeen">The highest epoch that the collector has received for the program.</param>
/// <param name="LastSequence">How many items it has collected.</param>
internal sealed record RenewProgram([Required] string? Code, long EpochSeen, long LastSequence);

/// <param name="NextRenewSeconds">Renew again after this time, ± 20 %.</param>
internal sealed record RenewAnswer(string Nonce, double NextRenewSeconds, IReadOnlyList<RenewedProgram> Programs);

/// <summary>A permit, a signed stop notice, or both where a pause is partial. <c>Refused</c> is a code for why there is neither.</summary>
internal sealed record RenewedProgram(string Code, long Epoch, string? Permit, string? Stop, string? Refused);

internal sealed class RenewPermitsHandler(ProgramCodes codes, RenewalBatcher batcher, HubTokens tokens, TimeProvider clock)
{
    public const int MaxPrograms = 50, MaxNonce = 128;

    public async Task<Result<RenewAnswer>> HandleAsync(KnownCollector collector, RenewPermits command, CancellationToken ct)
    {
        var requested = (command.Programs ?? []).Select(p => p is null ? null : p with { Code = Codes.Upper(p.Code) }).ToList();
        var check = new Validation()
            .Check(command.Nonce is { Length: >= 8 and <= MaxNonce } && command.Nonce.All(c =>
                char.IsAsciiLetterOrDigit(c) || c is '-' or '_'), "nonce",
                $"8 to {MaxNonce} letters, digits, - and _; a fresh one each time.")
            .Check(requested.Count is > 0 and <= MaxPrograms, "programs", $"Name 1 to {MaxPrograms} programs.")
            .Check(requested.All(p => p is { Code.Length: > 0 and <= 24, EpochSeen: >= 0, LastSequence: >= 0 }), "programs",
                "Each has a code, and counts that are not negative.")
            .Check(requested.Select(p => p?.Code).Distinct().Count() == requested.Count, "programs", "Name each program once.");
        if (check.ToRefusal() is { } invalid) return invalid;

        var calls = new List<RenewalCall>();
        var refused = new List<RenewedProgram>();
        foreach (var program in requested)
        {
            var id = await codes.FindAsync(program!.Code!, ct);
            if (id is { } known && collector.Programs.TryGetValue(known, out var enrolment))
                calls.Add(new(collector, known, enrolment, program.EpochSeen, program.LastSequence));
            else refused.Add(new(program.Code!, 0, null, null, "not_enrolled"));
        }
        var renewals = calls.Count == 0 ? [] : await batcher.RenewAsync(calls, ct);
        var next = renewals.Count == 0 ? SwitchSettings.Default.Renewal : renewals.Min(r => r.Switch.Program.Renewal);
        return new RenewAnswer(command.Nonce!, next.TotalSeconds, [.. renewals.Select(r => Signed(r, command.Nonce!)), .. refused]);
    }

    private RenewedProgram Signed(Renewal r, string nonce)
    {
        var collector = r.Call.Collector;
        var program = r.Switch.Program;
        var permit = r.Permit is not { } granted ? null : tokens.Sign(TokenTypes.Permit, w =>
        {
            w.WriteString("sub", collector.Id.ToString());
            w.WriteString("aud", program.Code);
            w.WriteString("jti", granted.Jti);
            w.WriteNumber("iat", granted.Iat.ToUnixTimeSeconds());
            w.WriteNumber("exp", granted.Exp.ToUnixTimeSeconds());
            w.WriteNumber("epoch", r.Switch.Epoch);
            w.WriteString("nonce", nonce);
            w.WriteStartArray("categories");
            foreach (var category in granted.Categories) w.WriteStringValue(category);
            w.WriteEndArray();
            if (r.Call.Enrolment.Region is { } region) w.WriteString("region", region);
        });
        if (permit is not null) r.Call.Enrolment.Given(permit);
        return new(program.Code, r.Switch.Epoch, permit, Notice(r, nonce), null);
    }

    private string? Notice(Renewal r, string nonce)
    {
        var stopping = r.Switch.Stopping(r.Call.Enrolment, r.Call.Collector.Bucket);
        if (r.Permit is not null && stopping.Count == 0) return null;
        var reason = r.Switch.Program.Lifecycle switch
        {
            ProgramLifecycle.Terminated => "terminated",
            ProgramLifecycle.Draft => "not_live",
            _ when r.Switch.IsUnconfirmed => "restored",
            _ when stopping.Count == 0 => "nothing_enrolled",
            _ => stopping.All(p => p.IsDrill) ? "drill" : "paused",
        };
        return tokens.Sign(TokenTypes.Stop, w =>
        {
            w.WriteString("sub", r.Call.Collector.Id.ToString());
            w.WriteString("aud", r.Switch.Program.Code);
            w.WriteNumber("iat", clock.GetUtcNow().ToUnixTimeSeconds());
            w.WriteNumber("epoch", r.Switch.Epoch);
            w.WriteString("nonce", nonce);
            w.WriteStartArray("pauseIds");
            foreach (var pause in stopping) w.WriteStringValue(pause.Id.ToString());
            w.WriteEndArray();
            w.WriteString("reasonCode", reason);
            w.WriteString("bufferPolicy", BufferPolicies.Word(BufferPolicies.Of(r.Switch.Program.Lifecycle, stopping)));
        });
    }
}
