using System.Text.Json.Serialization;
using Hangfire;
using IncidentHub.Platform.Jobs;

namespace IncidentHub.Platform.Http;

internal static class HttpModule
{
    private const string ApiPages = "api/docs";
    public const long MaxRequest = 2 * 1024 * 1024;

    public static void AddHttp(this WebApplicationBuilder builder)
    {
        builder.WebHost.ConfigureKestrel(k =>
        {
            k.AddServerHeader = false;
            k.Limits.MaxRequestBodySize = MaxRequest;
            k.ConfigureEndpointDefaults(e => e.Use(next => async connection =>
            {
                using var limit = k.ApplicationServices.GetRequiredService<Shutdown>().Limit(connection);
                await next(connection);
            }));
        });
        builder.Services.AddSingleton<Shutdown>();
        builder.Services.AddProblemDetails(o => o.CustomizeProblemDetails = Problems.Complete);
        builder.Services.ConfigureHttpJsonOptions(o =>
        {
            o.SerializerOptions.Converters.Add(new EnumNames());
            o.SerializerOptions.Converters.Add(new Rfc3339Converter());
            o.SerializerOptions.MaxDepth = 32;
            o.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
            // What a caller misspells would be ignored, and the call would mean something else.
            o.SerializerOptions.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
            o.SerializerOptions.AllowDuplicateProperties = false;
        });
        builder.Services.Configure<RouteHandlerOptions>(o => o.ThrowOnBadRequest = true);
        builder.Services.AddOpenApiDocument();
        builder.Services.AddRequiredActs();
        builder.Services.Configure<PackagePages>(p => p.Styles[$"/{ApiPages}"] = "sha256-RL3ie0nH+Lzz2YNqQN83mnU0J1ot4QL7b99vMdIX99w=");
        builder.Services.AddContentCodings();
        builder.Services.AddRecurringJob<IdempotencyExpiry>("idempotency-keys", Cron.Hourly());
        builder.Services.AddHealthChecks().AddCheck<DatabaseHealth>("database");
    }

    public static void MapHttp(this WebApplication app)
    {
        var document = app.MapOpenApi("/openapi/{documentName}.json");
        // In Development, tools read it without signing in.
        if (app.Environment.IsDevelopment()) document.AllowAnonymous();
        else
        {
            document.RequireAuthorization().WithMetadata(new RequiresNoActAttribute("It describes the API and holds no data."));
            app.Use((http, next) => http.Request.Path.StartsWithSegments($"/{ApiPages}") && http.User.Identity?.IsAuthenticated != true
                ? Results.LocalRedirect($"~/sign-in?returnUrl={Uri.EscapeDataString($"/{ApiPages}/index.html")}").ExecuteAsync(http)
                : next(http));
        }
        app.UseSwaggerUI(o =>
        {
            o.RoutePrefix = ApiPages;
            o.DocumentTitle = "IncidentHub API";
            // Relative to the page.
            o.SwaggerEndpoint("../../openapi/v1.json", "IncidentHub API v1");
        });
        app.MapHealthChecks("/healthz", new() { Predicate = _ => false }).AllowAnonymous();
        app.MapHealthChecks("/readyz", new() { ResponseWriter = HealthAnswer.WriteAsync }).AllowAnonymous();
    }
}
