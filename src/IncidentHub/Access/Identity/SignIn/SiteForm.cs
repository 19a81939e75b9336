using Microsoft.AspNetCore.Antiforgery;

namespace IncidentHub.Access.Identity;

/// <summary>A form that a page of this site posts. The antiforgery token is asked for where the endpoint carries its metadata.</summary>
internal static class SiteForm
{
    public static readonly Refusal Expired = Refusal.Invalid(
        "form", "The page was open for too long, or is not of this site. Load it and try again.");

    public static bool IsOfThisSite(HttpContext http) => http.Features.Get<IAntiforgeryValidationFeature>() is { IsValid: true };

    /// <summary>Null: not a form of this site.</summary>
    public static async Task<IFormCollection?> ReadAsync(HttpContext http) =>
        IsOfThisSite(http) ? await http.Request.ReadFormAsync(http.RequestAborted) : null;
}

/// <summary>The answer to a script of a page.</summary>
/// <param name="Location">The page to open.</param>
internal sealed record PageToOpen(string Location);
