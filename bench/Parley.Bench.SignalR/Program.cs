using Parley.Bench.SignalR;

// What a C# team would build first: a hub that stores each message in SQLite, synced, and sends it to a group.
// Arguments: address and port, database, messages that a commit takes at most.
var builder = WebApplication.CreateSlimBuilder();
builder.Logging.SetMinimumLevel(LogLevel.Warning);
builder.WebHost.UseUrls($"http://{args[0]}");
builder.Services.AddSingleton(_ => new MessageStore(args[1], int.Parse(args[2], System.Globalization.CultureInfo.InvariantCulture)));
// Who only listens sends no pings here.
builder.Services.AddSignalR(options => options.ClientTimeoutInterval = TimeSpan.FromHours(1));
var app = builder.Build();
app.MapHub<ConversationHub>("/hub");
app.Run();
