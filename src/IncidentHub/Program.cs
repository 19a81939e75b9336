using IncidentHub.Features.Decisions;
using IncidentHub.Features.Programs;
using IncidentHub.Platform;
using IncidentHub.Platform.Http;
using IncidentHub.Platform.Identity;
using IncidentHub.Platform.Keys;
using IncidentHub.Ui;

var builder = WebApplication.CreateBuilder(args);
builder.AddPlatform();
builder.Services.AddDecisions();
builder.Services.AddUi();
builder.Services.AddPrograms();

var app = builder.Build();
app.UsePlatform();
app.MapHttp();
app.MapKeys();
app.MapIdentity();
app.MapUi();
app.MapPrograms();
app.Run();
