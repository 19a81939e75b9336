using IncidentHub.Access.Identity;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.Metadata;

namespace IncidentHub.Pages.SignIn;

/// <summary>
/// The posts of the pages that work without script and before anybody is signed in. The content type distinguishes a post from the page of
/// the same path, which takes POST as well.
/// </summary>
internal static class SignInForms
{
    public static void MapSignInForms(this WebApplication app)
    {
        app.MapPost("/sign-in", SignInAsync).AsForm();
        app.MapPost("/reset", ResetAsync).AsForm();
        if (!app.Environment.IsDevelopment()) app.MapPost("/setup", SetUpAsync).AsForm();
    }

    private static RouteHandlerBuilder AsForm(this RouteHandlerBuilder post) => post.AllowAnonymous().WithMetadata(
        new AcceptsMetadata(["application/x-www-form-urlencoded"]), new RequireAntiforgeryTokenAttribute(),
        new ExcludeFromInteractiveRoutingAttribute()).ExcludeFromDescription();

    private static async Task<IResult> SignInAsync(
        HttpContext http, PasswordSignIn passwords, SampleSignIn samples, IHostEnvironment environment)
    {
        var returnUrl = http.Request.Query["returnUrl"].ToString();
        // A form that was open for too long, or that cannot be read, is shown again.
        if (!IsOfThisSite(http)) return Results.LocalRedirect(
            "~/sign-in?expired=1" + (returnUrl.Length == 0 ? "" : $"&returnUrl={Uri.EscapeDataString(returnUrl)}"));
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var account = form["account"].ToString();
        Result<Person> signedIn;
        if (environment.IsDevelopment() && !form.ContainsKey("password") && !form.ContainsKey("code"))
        {
            signedIn = await samples.SignInAsync(http, account);
        }
        else
        {
            var code = form["code"].ToString();
            var found = form.ContainsKey("password") || !form.ContainsKey("code")
                ? await passwords.CheckAsync(SignInSource.Of(http), account, form["password"].ToString(), http.RequestAborted)
                : await passwords.ContinueAsync(http);
            signedIn = found.IsOk ? await passwords.CompleteAsync(http, found.Value, code) : found;
        }
        return signedIn.IsOk
            ? Results.LocalRedirect(
                "~" + (ReturnUrl.IsLocal(returnUrl) && returnUrl != "/" ? returnUrl : FirstPage.Of(signedIn.Value.Roles)))
            : PostedForm.Again<SignInPage>(http, signedIn.Refusal!, ("account", account));
    }

    private static async Task<IResult> ResetAsync(HttpContext http, Passwords passwords)
    {
        var token = http.Request.Query["token"].ToString();
        if (!IsOfThisSite(http)) return Results.LocalRedirect($"~/reset?token={Uri.EscapeDataString(token)}");
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var set = await passwords.ResetAsync(token, form["password"].ToString(), SignInSource.Of(http), http.RequestAborted);
        return set.IsOk ? Results.LocalRedirect("~/sign-in?set=1") : PostedForm.Again<ResetPage>(http, set.Refusal!);
    }

    private static async Task<IResult> SetUpAsync(HttpContext http, SetUpCommands setUp)
    {
        if (!IsOfThisSite(http)) return Results.LocalRedirect("~/setup");
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var (token, account, name) = (form["token"].ToString(), form["account"].ToString(), form["displayName"].ToString());
        var done = await setUp.RunAsync(
            token.Trim(), account, name, form["password"].ToString(), SignInSource.Of(http), http.RequestAborted);
        return done.IsOk ? Results.LocalRedirect("~/sign-in?set=1")
            : PostedForm.Again<SetUpPage>(http, done.Refusal!, ("token", token), ("account", account), ("displayName", name));
    }

    private static bool IsOfThisSite(HttpContext http) => http.Features.Get<IAntiforgeryValidationFeature>() is { IsValid: true };
}
