using System.ComponentModel.DataAnnotations;
using IncidentHub.Domain.Access;
using IncidentHub.Platform.Database;
using IncidentHub.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace IncidentHub.Access.Identity;

/// <param name="Claim">The name of the claim, or the path to it, such as <c>realm_access.roles</c>.</param>
/// <param name="Value">Compared exactly, with one value of the claim.</param>
internal sealed record ClaimRuleView([Required] string? Claim, [Required] string? Value, [Required] Roles? Role);

/// <param name="Version">0 where nobody has edited it.</param>
internal sealed record MappingView(string Provider, string Title, int Version, string? DepartmentClaim, IReadOnlyList<ClaimRuleView> Rules)
{
    public static MappingView Of(ProviderMapping mapping, string title) => new(mapping.Provider, title, mapping.Version,
        mapping.DepartmentClaim, [.. mapping.Rules.Select(r => new ClaimRuleView(r.Claim, r.Value, r.Role))]);
}

internal sealed record PutMappingBody(
    [Required] string? Provider, string? DepartmentClaim, [Required] IReadOnlyList<ClaimRuleView>? Rules, int? ExpectedVersion);

internal sealed record PreviewMappingBody(
    [Required] string? Provider, string? DepartmentClaim, [Required] IReadOnlyList<ClaimRuleView>? Rules);

/// <param name="NotKnown">Claims that were not kept at the person's last sign-in: what they give shows at the next.</param>
internal sealed record MappingEffectView(string Account, string DisplayName, IReadOnlyList<string> Gains, IReadOnlyList<string> Loses,
    string? Department, IReadOnlyList<string> NotKnown);

/// <param name="Known">How many people are known from the provider.</param>
/// <param name="Changed">How many of them change.</param>
/// <param name="People">Those who change, at most 200.</param>
internal sealed record MappingPreviewView(int Known, int Changed, IReadOnlyList<MappingEffectView> People);

/// <summary>Claim mappings and the effect that one would have.</summary>
internal sealed class MappingQueries(Db db, IOptions<ProvidersSettings> providers)
{
    /// <summary>The topic of the page.</summary>
    public const string Topic = "claim-mapping";

    private const int MostShown = 200;

    public async Task<Result<IReadOnlyList<MappingView>>> ListAsync(Actor viewer, CancellationToken ct)
    {
        if (AccessTable.Deny(viewer, Act.ManagePeople) is { } denied) return denied;
        return await db.ReadAsync<Result<IReadOnlyList<MappingView>>>(async sql =>
        {
            var found = new List<MappingView>();
            foreach (var p in providers.Value.Providers)
                found.Add(MappingView.Of(await ProviderMappings.LoadAsync(sql, p.Name), p.Label));
            return found;
        }, ct);
    }

    public string TitleOf(string provider) => providers.Value.Find(provider)?.Label ?? provider;

    /// <summary>Which people would change, and how; nothing is saved.</summary>
    public async Task<Result<MappingPreviewView>> PreviewAsync(string provider, EditMapping edit, Actor viewer, CancellationToken ct)
    {
        if (AccessTable.Deny(viewer, Act.ManagePeople) is { } denied) return denied;
        if (providers.Value.Find(provider) is null) return Refusal.NotFound("The identity provider");
        return await db.ReadAsync<Result<MappingPreviewView>>(async sql =>
        {
            var decided = ProviderMappingRules.Decide(await ProviderMappings.LoadAsync(sql, provider), edit);
            if (decided.Refusal is { } refused) return refused;
            var all = await MappingEffects.OfAsync(sql, decided.Value.Next);
            var changed = all.Where(e => e.Changes).OrderBy(e => e.Person.DisplayName, StringComparer.OrdinalIgnoreCase).ToList();
            return new MappingPreviewView(all.Count, changed.Count, [.. changed.Take(MostShown).Select(e => new MappingEffectView(
                e.Person.Account, e.Person.DisplayName, Words(e.Gains), Words(e.Loses), e.Department, e.Unknown))]);
        }, ct);
    }

    private static string[] Words(Roles roles) =>
        [.. ProviderMappingRules.Mappable.Where(r => roles.HasFlag(r)).Select(r => r.ToString())];
}

/// <summary>Claim mappings over HTTP.</summary>
internal static class MappingApi
{
    public static void MapMappingApi(this WebApplication app)
    {
        var group = app.MapApi("/api/v1/identity");
        group.MapGet("/mapping", ListAsync).Requires(Act.ManagePeople).WithSummary("The claim mapping of each identity provider.");
        group.MapPut("/mapping", EditAsync).Requires(Act.ManagePeople).WithSummary(
            "Replaces the mapping of one provider. It is applied at once to the people who signed in there, and at each sign-in.");
        group.MapPost("/mapping/preview", PreviewAsync).Requires(Act.ManagePeople).WithMetadata(new ReadsOnly()).WithSummary(
            "Who would gain or lose which roles, by the claims of their last sign-in. Saves nothing.");
    }

    private static async Task<Results<Ok<Page<MappingView>>, Refused>> ListAsync(
        HttpContext http, MappingQueries queries, CancellationToken ct) =>
        (await queries.ListAsync(http.Actor(), ct)).ToOk(found => Page<MappingView>.All([.. found]));

    private static async Task<Results<Ok<MappingView>, Refused>> EditAsync(
        PutMappingBody body, HttpContext http, MappingCommands commands, MappingQueries queries, CancellationToken ct)
    {
        if (AccessTable.Deny(http.Actor(), Act.ManagePeople) is { } denied) return new Refused(denied);
        var edit = Read(body.Provider, body.DepartmentClaim, body.Rules);
        if (edit.Refusal is { } unreadable) return new Refused(unreadable);
        var edited = await commands.RunAsync(NameOf(body.Provider), edit.Value, http.Expected(body.ExpectedVersion), http.Actor(), ct);
        return edited.ToOk(m => MappingView.Of(m.State, queries.TitleOf(m.State.Provider)));
    }

    private static async Task<Results<Ok<MappingPreviewView>, Refused>> PreviewAsync(
        PreviewMappingBody body, HttpContext http, MappingQueries queries, CancellationToken ct)
    {
        if (AccessTable.Deny(http.Actor(), Act.ManagePeople) is { } denied) return new Refused(denied);
        var edit = Read(body.Provider, body.DepartmentClaim, body.Rules);
        if (edit.Refusal is { } unreadable) return new Refused(unreadable);
        return (await queries.PreviewAsync(NameOf(body.Provider), edit.Value, http.Actor(), ct)).ToOk();
    }

    private static string NameOf(string? provider) => Codes.Lower(provider);

    private static Result<EditMapping> Read(string? provider, string? departmentClaim, IReadOnlyList<ClaimRuleView>? rules)
    {
        var check = new Validation().Line(provider, "provider", 30)
            .Check(rules is not null && rules.All(r => r is not null), "rules", "Give the rules; an empty list for none.");
        if (check.ToRefusal() is { } missing) return missing;
        return new EditMapping(departmentClaim, [.. rules!.Select(r => new ClaimRule(r.Claim ?? "", r.Value ?? "", r.Role ?? Roles.None))]);
    }
}
