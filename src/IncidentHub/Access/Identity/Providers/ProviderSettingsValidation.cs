using System.Text.RegularExpressions;
using IncidentHub.Domain.Access;
using Microsoft.Extensions.Options;

namespace IncidentHub.Access.Identity;

/// <summary>Every fault of the providers in the configuration, by its key.</summary>
internal sealed partial class ProviderSettingsValidation : IValidateOptions<ProvidersSettings>
{
    public ValidateOptionsResult Validate(string? name, ProvidersSettings options)
    {
        var faults = options.Providers.SelectMany((p, i) => Faults(p, $"Identity:Providers:{i}")).ToList();
        foreach (var twice in options.Providers.GroupBy(p => p.Name).Where(g => g.Count() > 1))
            faults.Add($"Identity:Providers has two of the name {twice.Key}.");
        foreach (var twice in options.Providers.GroupBy(p => p.Authority.TrimEnd('/')).Where(g => g.Count() > 1))
            faults.Add($"Identity:Providers has two of the authority {twice.Key}.");
        if (!options.LocalAccounts && options.Providers.Count == 0)
            faults.Add("Identity:Providers is empty and Identity:LocalAccounts is false: nobody could sign in.");
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static IEnumerable<string> Faults(ProviderSettings p, string key)
    {
        if (!NameForm().IsMatch(p.Name)) yield return $"{key}:Name is 1 to 30 lower-case letters, digits or hyphens.";
        if (!Uri.TryCreate(p.Authority, UriKind.Absolute, out var authority) || authority.Query.Length > 0 || authority.Fragment.Length > 0
            || !(authority.Scheme == Uri.UriSchemeHttps || (authority.Scheme == Uri.UriSchemeHttp && authority.IsLoopback)))
            yield return $"{key}:Authority is the https address of the issuer. http is accepted for this machine (localhost) only.";
        if (string.IsNullOrWhiteSpace(p.ClientId)) yield return $"{key}:ClientId is missing.";
        if (p.Title?.Length > 60) yield return $"{key}:Title has at most 60 characters.";
        if (string.IsNullOrWhiteSpace(p.AccountClaim)) yield return $"{key}:AccountClaim is empty.";
        if (string.IsNullOrWhiteSpace(p.NameClaim)) yield return $"{key}:NameClaim is empty.";
        if (p.AskedScopes.Any(s => string.IsNullOrWhiteSpace(s) || s.Contains(' '))) yield return $"{key}:Scopes has one scope an entry.";
        foreach (var (i, machine) in p.Machines.Index())
        {
            foreach (var fault in Faults(p, machine, $"{key}:Machines:{i}")) yield return fault;
        }
        foreach (var twice in p.Machines.GroupBy(m => (m.ClientId, m.Audience)).Where(g => g.Count() > 1))
            yield return $"{key}:Machines has two of the client {twice.Key.ClientId}.";
    }

    private static IEnumerable<string> Faults(ProviderSettings p, MachineSettings m, string key)
    {
        if (string.IsNullOrWhiteSpace(m.ClientId)) yield return $"{key}:ClientId is missing.";
        if (string.IsNullOrWhiteSpace(m.Audience)) yield return $"{key}:Audience is missing.";
        // The tokens that say who signed in have that audience: none of them may be taken for a machine's.
        if (m.Audience == p.ClientId) yield return $"{key}:Audience must differ from the ClientId that people sign in with.";
        var scopes = ScopeWords.Parse(m.Scopes);
        if (scopes is { } asked && ApiKeyRules.ActsAsOwner(asked))
            yield return $"{key}:Scopes has read or write, which act as a person. A machine has enrol, gate, evaluate or intake.";
        var narrowed = m.Region is not null || m.Categories.Length > 0;
        if (ApiKeyRules.Check(m.ClientId, scopes, m.Programs.Length, narrowed, ApiKeyRules.DefaultDays).ToRefusal() is not { } refused)
            yield break;
        foreach (var message in refused.Errors!.Where(e => e.Key != "name").SelectMany(e => e.Value)) yield return $"{key}: {message}";
    }

    [GeneratedRegex("^[a-z0-9-]{1,30}$")]
    private static partial Regex NameForm();
}
