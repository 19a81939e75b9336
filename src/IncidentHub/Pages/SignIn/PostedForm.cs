using IncidentHub.Access.Identity;
using IncidentHub.Pages.Shell;
using IncidentHub.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace IncidentHub.Pages.SignIn;

/// <summary>A form that was posted and refused: its page is the answer, with why and with what was typed, except for secrets.</summary>
internal sealed class PostedForm(Refusal refusal, IReadOnlyDictionary<string, string> typed)
{
    public Refusal Refusal => refusal;

    /// <summary>What was typed into a field.</summary>
    public string? this[string field] => typed.GetValueOrDefault(field);

    /// <summary>The form of this request; null where it is shown for the first time.</summary>
    public static PostedForm? Of(HttpContext http) => http.Features.Get<PostedForm>();

    /// <summary>Answers a post with the page of its form.</summary>
    public static IResult Again<TPage>(HttpContext http, Refusal refusal, params ReadOnlySpan<(string Field, string? Value)> typed)
    {
        var kept = new Dictionary<string, string>();
        foreach (var (field, value) in typed) kept[field] = value ?? "";
        http.Features.Set(new PostedForm(refusal, kept));
        if (refusal.RetryAfter is { } wait)
            http.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(System.Globalization.CultureInfo.InvariantCulture);
        return new RazorComponentResult<App>(new Dictionary<string, object?> { [nameof(App.Page)] = typeof(TPage) })
        {
            StatusCode = refusal.Code switch
            {
                // The next step of the form, not a failure.
                PasswordSignIn.CodeNeeded => StatusCodes.Status200OK,
                PasswordSignInCode or PasswordSignIn.CodeWrong => StatusCodes.Status401Unauthorized,
                _ => Problems.StatusOf(refusal.Kind),
            },
        };
    }

    private const string PasswordSignInCode = "sign_in_failed";
}
