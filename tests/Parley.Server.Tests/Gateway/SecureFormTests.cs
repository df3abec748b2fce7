using Parley.Server.Identity;
using Parley.Server.Tests.Support;

namespace Parley.Server.Tests.Gateway;

/// <summary>One-time keys of secure forms (protocol 10.10).</summary>
public sealed class SecureFormTests(MessagingServer server)
{
    private const string Upload = "ms.GenerateUploadToken";
    private const string Download = ".ams.ms.token.GenerateDownloadToken";

    [Theory]
    [InlineData("ms.GenerateUploadToken", "ms.token.GenerateDownloadToken")]
    [InlineData(".ams.ms.token.GenerateUploadToken", ".ams.ms.token.GenerateDownloadToken")]
    [ClientRule(17)]
    public async Task An_invited_consumer_gets_keys_and_his_agent_one_for_what_was_submitted(string upload, string download)
    {
        await using var talk = await server.TalkAsync(await server.NewAccountAsync());
        await InviteAsync(talk.Agent, talk.ConversationId, "i-1");

        var keys = await talk.Consumer.DoAsync(upload, Uploadable(talk.ConversationId, "i-1"));
        var others = await talk.Consumer.DoAsync(upload, Uploadable(talk.ConversationId, "i-1"));
        await SubmitAsync(talk, "s-1", "i-1");
        var key = await talk.Agent.DoAsync(download, Downloadable(talk.ConversationId, "s-1", "i-1"));

        Assert.Equal(("ms.UploadTokenResponse", "ms.DownloadTokenResponse", "SecureForm"), (keys.Type, key.Type, (string?)key.Body!["token"]!["type"]));
        string[] all =
        [
            (string)keys.Body!["token"]!["readOtk"]!, (string)keys.Body["token"]!["writeOtk"]!,
            (string)others.Body!["token"]!["readOtk"]!, (string)others.Body["token"]!["writeOtk"]!, (string)key.Body["token"]!["readOtk"]!,
        ];
        Assert.Equal(5, all.Distinct().Count());
        Assert.All(all, k => Assert.Matches("^[0-9a-f]{32,}$", k));
    }

    [Fact]
    public async Task Keys_are_given_for_what_was_said_in_the_dialog_to_who_takes_part_in_it()
    {
        var account = await server.NewAccountAsync();
        await using var talk = await server.TalkAsync(account);
        await using var other = await server.ConsumerAsync(account);
        await using var colleague = await server.AgentAsync(account);
        await using var foreign = await server.AgentAsync(await server.NewAccountAsync(), AgentRole.Manager);
        await InviteAsync(talk.Consumer, talk.ConversationId, "by-himself");
        await InviteAsync(talk.Agent, talk.ConversationId, "private", ",\"messageAudience\":\"AGENTS_AND_MANAGERS\"");
        await InviteAsync(talk.Agent, talk.ConversationId, "i-1");
        await SubmitAsync(talk, "s-1", "i-1");

        foreach (var invitation in (string[])["by-himself", "private", "unknown", "s-1"])
            Assert.Equal(404, (await talk.Consumer.RequestAsync(Upload, Uploadable(talk.ConversationId, invitation))).Code);
        Assert.Equal(404, (await other.RequestAsync(Upload, Uploadable(talk.ConversationId, "i-1"))).Code);
        Assert.Equal(404, (await talk.Consumer.RequestAsync(Upload, Uploadable("no-such-dialog", "i-1"))).Code);
        Assert.Equal(403, (await talk.Agent.RequestAsync(Upload, Uploadable(talk.ConversationId, "i-1"))).Code);

        Assert.Equal(401, (await talk.Consumer.RequestAsync(Download, Downloadable(talk.ConversationId, "s-1", "i-1"))).Code);
        Assert.Equal(403, (await colleague.RequestAsync(Download, Downloadable(talk.ConversationId, "s-1", "i-1"))).Code);
        Assert.Equal(404, (await foreign.RequestAsync(Download, Downloadable(talk.ConversationId, "s-1", "i-1"))).Code);
        Assert.Equal(404, (await talk.Agent.RequestAsync(Download, Downloadable(talk.ConversationId, "s-2", "i-1"))).Code);
        Assert.Equal(404, (await talk.Agent.RequestAsync(Download, Downloadable(talk.ConversationId, "s-1", "i-2"))).Code);
    }

    [Fact]
    public async Task An_invitation_is_found_behind_many_later_messages()
    {
        await using var talk = await server.TalkAsync(await server.NewAccountAsync(new AccountSettings { Limits = new LimitOverrides { ConsumerBurst = 2000 } }));
        await InviteAsync(talk.Agent, talk.ConversationId, "i-1");
        for (var i = 0; i < 600; i++) await talk.Consumer.PublishAsync(talk.ConversationId, $"{i}");

        await talk.Consumer.DoAsync(Upload, Uploadable(talk.ConversationId, "i-1"));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("""{"uploadable":"SecureForm","downloadable":"SecureForm"}""")]
    [InlineData("""{"uploadable":{"type":"Other","dialogId":"d","invitationId":"i"},"downloadable":{"type":"Other","dialogId":"d","invitationId":"i","submissionId":"s"}}""")]
    [InlineData("""{"uploadable":{"type":"SecureForm","invitationId":"i"},"downloadable":{"type":"SecureForm","invitationId":"i","submissionId":"s"}}""")]
    [InlineData("""{"uploadable":{"type":"SecureForm","dialogId":"d"},"downloadable":{"type":"SecureForm","dialogId":"d","submissionId":"s"}}""")]
    [InlineData("""{"uploadable":{"type":"SecureForm","dialogId":"d","invitationId":[]},"downloadable":{"type":"SecureForm","dialogId":"d","invitationId":"i"}}""")]
    public async Task What_names_no_form_is_refused_and_the_socket_goes_on(string body)
    {
        await using var consumer = await server.ConsumerAsync("demo");
        await using var agent = await server.AgentAsync("demo");

        Assert.Equal(400, (await consumer.RequestAsync(Upload, body)).Code);
        Assert.Equal(400, (await agent.RequestAsync(Download, body)).Code);

        await consumer.CatchUpAsync();
        await agent.CatchUpAsync();
    }

    private static string Uploadable(string dialogId, string invitationId) =>
        $$$"""{"uploadable":{"type":"SecureForm","formId":"7","invitationId":"{{{invitationId}}}","dialogId":"{{{dialogId}}}"}}""";

    private static string Downloadable(string dialogId, string submissionId, string invitationId) =>
        $$$"""{"downloadable":{"type":"SecureForm","dialogId":"{{{dialogId}}}","submissionId":"{{{submissionId}}}","invitationId":"{{{invitationId}}}"}}""";

    private static Task InviteAsync(WireClient client, string dialogId, string invitationId, string members = "") => client.DoAsync(
        "ms.PublishEvent",
        $$$"""{"dialogId":"{{{dialogId}}}"{{{members}}},"event":{"type":"ContentEvent","contentType":"forms/secure-invitation","message":{"formId":"7","invitationId":"{{{invitationId}}}","title":"Your card"}} }""");

    private static Task SubmitAsync(Talk talk, string submissionId, string invitationId) => talk.Consumer.DoAsync(
        "ms.PublishEvent",
        $$$"""{"dialogId":"{{{talk.ConversationId}}}","event":{"type":"ContentEvent","contentType":"forms/secure-submission","message":{"submissionId":"{{{submissionId}}}","invitationId":"{{{invitationId}}}"}} }""");
}
