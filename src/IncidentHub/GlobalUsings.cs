global using IncidentHub.Domain;
global using IncidentHub.Platform;
