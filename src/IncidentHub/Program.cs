using IncidentHub.Features.Audit;
using IncidentHub.Features.Decisions;
using IncidentHub.Features.Pauses;
using IncidentHub.Features.Datasets;
using IncidentHub.Features.Programs;
using IncidentHub.Features.Incidents;
using IncidentHub.Features.Policy;
using IncidentHub.Platform;
using IncidentHub.Platform.Http;
using IncidentHub.Platform.Identity;
using IncidentHub.Platform.Keys;
using IncidentHub.Ui;

var builder = WebApplication.CreateBuilder(args);
if (AuditCommand.IsAsked(args)) return await AuditCommand.RunAsync(args, builder.Configuration, Console.Out);

builder.AddPlatform();
builder.Services.AddAudit();
builder.Services.AddDecisions();
builder.Services.AddUi();
builder.Services.AddPrograms();
builder.Services.AddSevPolicy();
builder.Services.AddPauses();
builder.Services.AddIncidents();
builder.Services.AddDatasets();

var app = builder.Build();
app.UsePlatform();
app.MapHttp();
app.MapKeys();
app.MapIdentity();
app.MapUi();
app.MapPrograms();
app.MapAudit();
app.MapSevPolicy();
app.MapIncidents();
app.MapDatasets();
app.Run();
return 0;
