using Microsoft.Extensions.Time.Testing;
using Parley.Server.Identity;
using Parley.Server.Routing;

namespace Parley.Server.Tests.Identity;

/// <summary>What agents said of themselves, kept over a stop.</summary>
public sealed class AgentStatesTests
{
    // Once, what was said last before a stop was lost.
    [Fact]
    public async Task What_was_said_before_the_server_stops_is_kept()
    {
        var folder = Directory.CreateTempSubdirectory("parley-states-").FullName;
        try
        {
            var identity = await OpenAsync(folder);
            await identity.Accounts.AddAsync("demo");
            var saved = Enumerable.Range(0, 30).Select(i => identity.AgentStates.SaveAsync("demo", $"agent {i % 10}", new AgentAvailability("AWAY", $"{i}"))).ToList();
            identity.Dispose();
            await Task.WhenAll(saved).WaitAsync(TimeSpan.FromSeconds(30));

            using var again = await OpenAsync(folder);
            Assert.Equal(
                Enumerable.Range(20, 10).Select(i => ($"agent {i % 10}", new AgentAvailability("AWAY", $"{i}"))), again.AgentStates.AtStart("demo").OrderBy(s => s.AgentPid, StringComparer.Ordinal));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static Task<IdentityServices> OpenAsync(string folder) =>
        IdentityServices.OpenAsync(Path.Combine(folder, "accounts.db"), new IdentityOptions(), "localhost", new FakeTimeProvider(DateTimeOffset.UtcNow));
}
