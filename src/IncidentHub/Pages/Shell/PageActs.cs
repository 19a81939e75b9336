using System.Collections.Frozen;
using System.Reflection;
using IncidentHub.Domain.Access;
using IncidentHub.Platform.Http;
using Microsoft.AspNetCore.Components;

namespace IncidentHub.Pages.Shell;

/// <summary>The act of each page, by its route: what the navigation shows is what the page allows.</summary>
internal static class PageActs
{
    private static readonly FrozenDictionary<string, Act> All = (
        from page in typeof(PageActs).Assembly.GetTypes()
        from route in page.GetCustomAttributes<RouteAttribute>()
        let acts = page.GetCustomAttribute<RequiresActAttribute>()
        where acts is not null
        select KeyValuePair.Create(route.Template, acts.Acts[0])).ToFrozenDictionary();

    /// <param name="address">Relative to the base: «programs», and «./» for Home.</param>
    /// <exception cref="KeyNotFoundException">No page has this address.</exception>
    public static Act Of(string address) => All["/" + address.TrimStart('.', '/')];
}
