using Microsoft.Extensions.Options;

namespace IncidentHub.Access.Identity;

/// <summary>Configuration section <c>Identity</c>.</summary>
internal sealed class IdentitySettings
{
    /// <summary>How long a session lasts without a request or an act on a page.</summary>
    public TimeSpan SessionIdle { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How long a session lasts at most.</summary>
    public TimeSpan SessionLifetime { get; set; } = TimeSpan.FromHours(12);

    /// <summary>Whether people sign in with an account of the hub itself.</summary>
    public bool LocalAccounts { get; set; } = true;

    /// <summary>How many attempts to sign in may fail from one network address in ten minutes.</summary>
    public int FailuresPerAddress { get; set; } = 30;
}

internal sealed class IdentitySettingsValidation : IValidateOptions<IdentitySettings>
{
    public ValidateOptionsResult Validate(string? name, IdentitySettings options)
    {
        var faults = new List<string>();
        if (options.SessionIdle < TimeSpan.FromMinutes(5) || options.SessionIdle > TimeSpan.FromDays(1))
            faults.Add("Identity:SessionIdle is between 5 minutes and a day.");
        if (options.SessionLifetime < options.SessionIdle || options.SessionLifetime > TimeSpan.FromDays(30))
            faults.Add("Identity:SessionLifetime is at least Identity:SessionIdle and at most 30 days.");
        if (options.FailuresPerAddress is < 1 or > 100_000) faults.Add("Identity:FailuresPerAddress is between 1 and 100,000.");
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }
}
