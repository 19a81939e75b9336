namespace IncidentHub.Platform.Http;

internal static class WebRoot
{
    private const string Script = "hub.js";

    /// <summary>
    /// Refuses to start where the hub does not find its styles and scripts: it would serve each of them empty. Throws
    /// <see cref="StartFaultException"/>.
    /// </summary>
    public static void CheckWebRoot(this WebApplication app)
    {
        if (app.Environment.WebRootFileProvider.GetFileInfo(Script) is { Exists: true, Length: > 0 }) return;
        var folder = app.Environment.WebRootPath ?? Path.Combine(app.Environment.ContentRootPath, "wwwroot");
        throw new StartFaultException(
            $"The hub's styles and scripts were not found: there is no {Script} in {folder}. " +
            "A published hub needs the folder wwwroot beside its program; a built one needs the file "
                + "IncidentHub.staticwebassets.runtime.json there.");
    }
}
