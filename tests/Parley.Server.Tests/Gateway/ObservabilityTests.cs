using System.Net;
using Parley.Journal;
using Parley.Protocol;
using Parley.Server.Hosting;
using Parley.Server.Tests.Support;

namespace Parley.Server.Tests.Gateway;

public sealed class ObservabilityTests
{
    [Fact]
    public async Task Readiness_tells_why_the_journal_takes_nothing_and_health_does_not_depend_on_it()
    {
        var journal = new SickJournal();
        await using var server = await MessagingServer.StartAsync(journal: journal);
        Assert.Equal(HttpStatusCode.OK, (await server.Http.GetAsync("/readyz")).StatusCode);

        journal.Health = new JournalHealth(false, "disk is full", 0);

        var ready = await server.Http.GetAsync("/readyz");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
        Assert.Contains("disk is full", await ready.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.OK, (await server.Http.GetAsync("/healthz")).StatusCode);
        journal.Health = new JournalHealth(true, null, 0);
        Assert.Equal(HttpStatusCode.OK, (await server.Http.GetAsync("/readyz")).StatusCode);
    }

    [Fact]
    public async Task Logs_and_metrics_tell_of_the_traffic_and_of_no_secret()
    {
        await using var server = await MessagingServer.StartAsync();
        var jwt = await server.SignupAsync("demo");
        var login = await server.LoginAsync("demo");
        var variables = EnvironmentFile.Read(Path.Combine(Path.GetDirectoryName(server.Bound.TrustFile)!, "lp.env"));
        using (await server.Http.PostAsync("/api/account/demo/login", new StringContent($$"""{"username":"{{variables["LP_USER"]}}","password":"{{variables["LP_PASS"]}}"}""")))
        await using (var consumer = await server.ConsumerAsync("demo", jwt))
        await using (var agent = await server.AgentAsync("demo", login))
        await using (var late = new WireClient(await server.OpenAsync(MessagingServer.ConsumerPath("demo", $"/{jwt}?v=3&secret=query")), Dialect.V3))
        await using (var refused = await server.OpenAsync(MessagingServer.ConsumerPath("demo"), $"Authorization: jwt {jwt}x"))
        {
            var dialog = await Talk.OpenConversationAsync(consumer);
            await consumer.PublishAsync(dialog, "words that nobody may log");
            await consumer.RequestAsync("ms.PublishEvent", "{\"dialogId\":\"words that nobody may log\"");
            await agent.CatchUpAsync();
            await late.CatchUpAsync();
            await refused.ReadCloseAsync();
        }

        var metrics = await server.Http.GetStringAsync("/metrics");
        var logs = string.Join('\n', server.Logs);

        Assert.NotEmpty(server.Logs);
        Assert.Contains("parley_gateway_requests", metrics);
        Assert.Contains("parley_gateway_sockets", metrics);
        Assert.Contains("parley_gateway_closes", metrics);
        Assert.Contains("parley_journal", metrics);
        string[] secrets = [jwt, jwt.Split('.')[2], (string)login["bearer"]!, (string)login["csrf"]!, variables["LP_PASS"], "words that nobody may log", "secret=query", "Authorization"];
        foreach (var secret in secrets)
        {
            Assert.DoesNotContain(secret, logs);
            Assert.DoesNotContain(secret, metrics);
        }
    }
}
