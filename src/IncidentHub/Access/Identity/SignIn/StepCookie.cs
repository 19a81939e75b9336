using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using IncidentHub.Platform.Http;
using Microsoft.AspNetCore.DataProtection;

namespace IncidentHub.Access.Identity;

/// <summary>
/// What the hub must know between two steps of a form, for ten minutes, in a protected cookie of this browser: after a password the code, a
/// challenge until the device has answered it.
/// </summary>
internal sealed class StepCookie(IDataProtectionProvider protection, PublicAddress address, TimeProvider clock)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    /// <param name="step">Names the cookie, and protects it from being read as that of another step.</param>
    public void Set<T>(HttpContext http, string step, T value) => http.Response.Cookies.Append(Name(step, out var options),
        Protector(step).Protect((clock.GetUtcNow() + Lifetime).UtcTicks.ToString(CultureInfo.InvariantCulture) + '|'
            + JsonSerializer.Serialize(value)), options);

    public void End(HttpContext http, string step)
    {
        var name = Name(step, out var options);
        options.MaxAge = null;
        http.Response.Cookies.Delete(name, options);
    }

    /// <summary>Null: there is none, or it is too old.</summary>
    public T? Read<T>(HttpContext http, string step) where T : class
    {
        try
        {
            return http.Request.Cookies[Name(step, out _)] is { } text
                && Protector(step).Unprotect(text).Split('|', 2) is [var until, var json]
                && long.Parse(until, CultureInfo.InvariantCulture) > clock.GetUtcNow().UtcTicks
                    ? JsonSerializer.Deserialize<T>(json) : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private IDataProtector Protector(string step) => protection.CreateProtector("sign-in.step", step);

    private string Name(string step, out CookieOptions options)
    {
        var cookie = new CookieBuilder();
        address.Protect(cookie, $"incidenthub-{step}", SameSiteMode.Strict);
        options = new()
        {
            Path = cookie.Path,
            HttpOnly = cookie.HttpOnly,
            SameSite = cookie.SameSite,
            Secure = address.IsHttps,
            MaxAge = Lifetime,
        };
        return cookie.Name!;
    }
}
