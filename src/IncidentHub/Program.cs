using System.Globalization;
using IncidentHub.Access.Audit;
using IncidentHub.Access.Backups;
using IncidentHub.Access.Identity;
using IncidentHub.Access.Jobs;
using IncidentHub.Catalog.Datasets;
using IncidentHub.Catalog.Programs;
using IncidentHub.Decisions;
using IncidentHub.Decisions.Record;
using IncidentHub.Demo;
using IncidentHub.Demo.Fleet;
using IncidentHub.Insight.Dashboard;
using IncidentHub.Insight.Home;
using IncidentHub.Pages;
using IncidentHub.Platform.Http;
using IncidentHub.Platform.Keys;
using IncidentHub.Response.AccessReviews;
using IncidentHub.Response.Evidence;
using IncidentHub.Response.Flags;
using IncidentHub.Response.Incidents;
using IncidentHub.Response.LegalHolds;
using IncidentHub.Response.Obligations;
using IncidentHub.Response.Reviews;
using IncidentHub.Response.SevPolicies;
using IncidentHub.Response.Statements;
using IncidentHub.Response.Tasks;
using IncidentHub.Switch.ApiKeys;
using IncidentHub.Switch.Collectors;
using IncidentHub.Switch.FeatureFlags;
using IncidentHub.Switch.Gate;
using IncidentHub.Switch.KeyRotation;
using IncidentHub.Switch.Lineage;
using IncidentHub.Switch.Pauses;
using IncidentHub.Switch.Protocol;
using IncidentHub.Ui;

// Numbers and dates are formatted the same way on every host; the Ui localises what depends on the viewer.
// Texts are in English.
CultureInfo.CurrentCulture = CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
CultureInfo.CurrentUICulture = CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.GetCultureInfo("en");

if (FleetCommand.IsAsked(args)) return await FleetCommand.RunAsync(Console.In, Console.Out, Console.Error);
var builder = WebApplication.CreateBuilder(new WebApplicationOptions
{
    // Settings are read once. A file watcher would be notified of every write to a database in the same folder.
    // Hosting platforms may set that forwarded headers are believed from everybody: only Proxies:Trusted counts.
    Args = [.. args, "--hostBuilder:reloadConfigOnChange=false", "--ForwardedHeaders_Enabled=false"],
    // A published hub finds its files next to the executable, regardless of the working directory.
    ContentRootPath = Directory.Exists(Path.Combine(AppContext.BaseDirectory, "wwwroot")) ? AppContext.BaseDirectory : null,
});
// A built hub reads them from the checkout: outside Development this must be enabled explicitly.
builder.WebHost.UseStaticWebAssets();
if (AuditCommand.IsAsked(args)) return await AuditCommand.RunAsync(args, builder.Configuration, Console.Out);
if (BackupCommand.IsAsked(args)) return await BackupCommand.RunAsync(args, builder.Configuration, Console.Out);
if (RestoreCommand.IsAsked(args)) return await RestoreCommand.RunAsync(args, builder.Configuration, Console.Out);
if (RecordCommand.IsAsked(args)) return await RecordCommand.RunAsync(args, Console.Out);
if (AdminCommand.IsAsked(args)) return await AdminCommand.RunAsync(args, builder.Configuration, Console.Out);
if (CommandLine.AsksForUsage(args))
{
    string[] usages = [BackupCommand.Usage, RestoreCommand.Usage, AdminCommand.Usage, AuditCommand.Usage, RecordCommand.Usage];
    return await CommandLine.PrintUsageAsync(args, usages, Console.Out);
}

// From the lowest layer to the highest: the handlers of an event run in this order.
builder.AddPlatform();
builder.Services.AddUi();
builder.Services.AddIdentity();
builder.Services.AddIdentityProviders(builder.Configuration);
builder.Services.AddAudit();
builder.Services.AddFailedJobs();
builder.Services.AddPrograms();
builder.Services.AddDatasets();
builder.Services.AddApiKeys();
builder.Services.AddCollectors();
builder.Services.AddPauses();
builder.Services.AddProtocol();
builder.Services.AddKeyRotation();
builder.Services.AddGate();
builder.Services.AddOfrep();
builder.Services.AddSevPolicy();
builder.Services.AddIncidents();
builder.Services.AddLegalHolds();
builder.Services.AddEvidence();
builder.Services.AddAccessReviews();
builder.Services.AddTasks();
builder.Services.AddObligations();
builder.Services.AddStatements();
builder.Services.AddReviews();
builder.Services.AddFlags();
builder.Services.AddDecisions();
builder.Services.AddHome();
builder.Services.AddDashboard();
builder.Services.AddPages();
builder.AddDemo();

var app = builder.Build();
if (!await app.PrepareAsync()) return 1;
app.UsePlatform(beforeRoutes: a =>
{
    a.UseMiddleware<FailedKeyMiddleware>();
    a.UseMiddleware<KeyRateLimitMiddleware>();
    a.UseNotFoundPage();
});
app.MapHttp();
app.MapKeys();
app.MapUi();
app.MapIdentity();
app.MapIdentityProviders();
app.MapAudit();
app.MapJobs();
app.MapPrograms();
app.MapDatasets();
app.MapApiKeys();
app.MapPauses();
app.MapProtocol();
app.MapKeyRotation();
app.MapGate();
app.MapOfrep();
app.MapLineage();
app.MapSevPolicy();
app.MapIncidents();
app.MapLegalHolds();
app.MapEvidence();
app.MapAccessReviews();
app.MapTasks();
app.MapObligations();
app.MapStatements();
app.MapReviews();
app.MapFlags();
app.MapDecisions();
app.MapDashboard();
app.MapPages();
app.CheckRoutes();
return await app.RunUntilStoppedAsync();
