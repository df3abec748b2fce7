using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Parley.Bench.Subjects;

/// <summary>What the bench asks a server over HTTP: new agents, logins, new consumers.</summary>
internal sealed class ParleyApi(ParleyProcess server) : IDisposable
{
    /// <summary>The account that a new data folder has.</summary>
    public const string Account = "demo";

    private static readonly TimeSpan LongestSettling = TimeSpan.FromSeconds(120);

    private readonly Dictionary<string, string> _agents = [];
    private readonly HttpClient _http = new() { BaseAddress = new Uri($"http://{server.Http}") };

    /// <summary>Adds an agent with keys and logs in with them.</summary>
    /// <returns>His bearer.</returns>
    public async Task<string> NewAgentAsync(string login, int maxSlots, string role = "Agent")
    {
        var added = await PostAsync(
            "/operator/agents",
            new JsonObject { ["account"] = Account, ["login"] = login, ["role"] = role, ["maxSlots"] = maxSlots, ["keys"] = true },
            new AuthenticationHeaderValue("Bearer", server.OperatorToken));
        _agents[login] = added.GetProperty("agent").GetProperty("pid").GetString()!;
        var credentials = JsonObject.Create(added.GetProperty("keys"))!;
        credentials["username"] = login;
        return (await PostAsync($"/api/account/{Account}/login?v=1.3", credentials)).GetProperty("bearer").GetString()!;
    }

    /// <summary>The id of an agent who was added here.</summary>
    public string AgentId(string login) => _agents[login];

    /// <summary>Signs a new anonymous consumer up.</summary>
    /// <returns>His token.</returns>
    public async Task<string> NewConsumerAsync() =>
        (await PostAsync($"/api/account/{Account}/signup", [])).GetProperty("jwt").GetString()!;

    /// <summary>Values of metrics by their full names, without labels of their own; 0 for one that has none yet.</summary>
    public async Task<double[]> MetricsAsync(params string[] names)
    {
        var lines = (await _http.GetStringAsync("/metrics")).Split('\n');
        return [.. names.Select(name => lines.FirstOrDefault(line => line.StartsWith(name + "{", StringComparison.Ordinal) || line.StartsWith(name + " ", StringComparison.Ordinal)))
            .Select(line => line is null ? 0 : double.Parse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture))];
    }

    /// <summary>How far settling has come.</summary>
    public async Task<Settling> SettlingAsync()
    {
        var metrics = await MetricsAsync("parley_journal_tail_bytes", "parley_journal_events_settled_total");
        return new Settling(Math.Round(metrics[0] / (1024 * 1024), 2), metrics[1]);
    }

    /// <summary>Waits until everything that was acknowledged is settled.</summary>
    /// <exception cref="TimeoutException">Something is not, after two minutes.</exception>
    public async Task SettledAsync()
    {
        var began = Stopwatch.GetTimestamp();
        while ((await SettlingAsync()).TailMegabytes is > 0 and var left)
        {
            if (Stopwatch.GetElapsedTime(began) > LongestSettling) throw new TimeoutException($"{left} MB were not settled after {LongestSettling.TotalSeconds} s.");
            await Task.Delay(100);
        }
    }

    /// <summary>Returns when the server takes work.</summary>
    public async Task ReadyAsync()
    {
        for (var began = Stopwatch.GetTimestamp(); !(await _http.GetAsync("/readyz")).IsSuccessStatusCode; await Task.Delay(50))
        {
            if (Stopwatch.GetElapsedTime(began) > LongestSettling) throw new TimeoutException("parley is not ready.");
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task<JsonElement> PostAsync(string path, JsonObject body, AuthenticationHeaderValue? authorization = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) };
        request.Headers.Authorization = authorization;
        using var response = await _http.SendAsync(request);
        return response.IsSuccessStatusCode
            ? await response.Content.ReadFromJsonAsync<JsonElement>()
            : throw new IOException($"{path} answered {(int)response.StatusCode}.");
    }
}
