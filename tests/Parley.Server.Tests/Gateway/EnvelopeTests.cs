using System.Text.Json.Nodes;
using Parley.Server.Tests.Support;

namespace Parley.Server.Tests.Gateway;

/// <summary>What clients put around their requests, and what they must get back for it.</summary>
public sealed class EnvelopeTests(MessagingServer server)
{
    public static TheoryData<string> UsableIds =>
    [
        "1", "0", "-5", "1.50", "1e3", "\"1,\"", "\"7c0f4c1e-5b0e-4c7e-9a53-1f6f2f7d1a11\"", "\"100\"", "\"a\\\"b\\\\\\n\\u0041\"", "\"日本\"",
        $"\"{new string('x', 64)}\"", $"\"{new string('é', 64)}\"", $"\"{string.Concat(Enumerable.Repeat("\\u00e9", 64))}\"",
    ];

    public static TheoryData<string> UnusableIds =>
        ["\"\"", "true", "null", "{}", "[1]", $"\"{new string('x', 65)}\"", $"\"{new string('é', 65)}\"", new string('9', 65)];

    public static TheoryData<string> LenientMembers =>
    [
        "\"headers\":null", "\"headers\":true", "\"headers\":{}", "\"headers\":[]", "\"headers\":null,\"metadata\":null", "\"metadata\":[]", "\"metadata\":{}", "\"metadata\":{\"type\":\"New\"}", "\"metadata\":[{}]",
        "\"encodedMetadata\":null", "\"headers\":{},\"encodedMetadata\":null", "\"body\":null", "\"body\":{}", "\"body\":[]", "\"body\":\"text\"", "\"kind\":\"req\"", "\"kind\":7", "\"extra\":{\"a\":[1]}",
    ];

    // With the id that was found before the fault.
    public static TheoryData<string, string> Malformed => new()
    {
        { "not json", "-1" },
        { "[]", "-1" },
        { "\"text\"", "-1" },
        { "7", "-1" },
        { "null", "-1" },
        { "{", "-1" },
        { "{'id':1}", "-1" },
        { "{\"id\":\"1", "-1" },
        { "{\"id\":\"1\"", "1" },
        { "{\"id\":1,}", "1" },
        { "{\"id\":\"1\",\"type\":\"GetClock\"} x", "1" },
        { "{\"id\":\"1\",\"type\":\"GetClock\"}{}", "1" },
        { "{\"id\":\"1\",\"metadata\":\"x\",\"type\":\"GetClock\"}", "1" },
        { "{\"id\":\"1\",\"type\":\"GetClock\",\"metadata\":[null]}", "1" },
        { "{\"id\":\"1\",\"encodedMetadata\":{},\"type\":\"GetClock\"}", "1" },
        { "{\"id\":\"1\",\"type\":\"GetClock\",\"body\":" + new string('[', 200) + new string(']', 200) + "}", "1" },
    };

    // Half a surrogate pair cannot be turned into text by whoever reads it later.
    public static TheoryData<string> HalfSurrogates =>
    [
        """{"\ud800":1,"id":"5","type":"GetClock"}""",
        """{"id":"5","type":"ms.PublishEvent","body":{"dialogId":"\ud800","event":{"type":"ContentEvent","message":"x"}}}""",
        """{"id":"5","type":"ms.PublishEvent","body":{"dialogId":"d","eventId":"\udfff","event":{"type":"ContentEvent","message":"x"}}}""",
        """{"id":"5","type":"ms.PublishEvent","body":{"dialogId":"d","event":{"\udc00":1,"type":"ContentEvent","message":"x"}}}""",
        """{"id":"5","type":"ms.PublishEvent","body":{"dialogId":"d","event":{"type":"ContentEvent","message":"x\ud83d"}}}""",
        """{"id":"5","type":"cm.ConsumerRequestConversation","body":{"ttrDefName":"\ud800"}}""",
        """{"id":"5","type":"cqm.SubscribeExConversations","body":{"\ud800":1}}""",
    ];

    [Theory]
    [MemberData(nameof(UsableIds))]
    [ClientRule(1)]
    [Checklist(4)]
    [CompatibilityRule(1)]
    [CompatibilityRule(16)]
    public async Task The_answer_carries_the_text_of_the_id_as_a_string(string id)
    {
        await using var client = await server.ConsumerAsync("demo");

        await client.SendAsync($$"""{"kind":"req","id":{{id}},"type":"GetClock"}""");

        var answer = await client.AnswerAsync(id[0] == '"' ? (string)JsonNode.Parse(id)! : id);
        Assert.Equal(200, answer.Code);
        Assert.Contains($"\"reqId\":\"{id.Trim('"')}\"", answer.Text);
    }

    [Theory]
    [MemberData(nameof(UnusableIds))]
    [ClientRule(1)]
    public async Task A_request_without_a_usable_id_is_answered_400_with_reqId_minus_one(string id)
    {
        await using var client = await server.ConsumerAsync("demo");

        await client.SendAsync($$"""{"kind":"req","id":{{id}},"type":"GetClock"}""");

        Assert.Equal(400, (await client.AnswerAsync("-1")).Code);
        await client.CatchUpAsync();
    }

    [Fact]
    [ClientRule(1)]
    public async Task A_missing_id_is_answered_400_with_reqId_minus_one_and_the_socket_lives()
    {
        await using var client = await server.ConsumerAsync("demo");

        await client.SendAsync("""{"kind":"req","type":"GetClock"}""");

        Assert.Equal(400, (await client.AnswerAsync("-1")).Code);
        await client.CatchUpAsync();
    }

    [Theory]
    [MemberData(nameof(LenientMembers))]
    [ClientRule(4)]
    [CompatibilityRule(16)]
    public async Task Members_that_clients_send_in_odd_forms_do_no_harm(string members)
    {
        await using var client = await server.ConsumerAsync("demo");

        foreach (var type in (string[])["GetClock", "cqm.SubscribeExConversations", "userprofile.GetUserProfile"])
        {
            if (type != "GetClock" && members.Contains("text")) continue; // text as the body of a profile request is the id of somebody else
            await client.SendAsync($$"""{"id":"{{type}}",{{members}},"type":"{{type}}"}""");
            Assert.Equal(200, (await client.AnswerAsync(type)).Code);
        }
    }

    [Fact]
    [ClientRule(4)]
    [CompatibilityRule(13)]
    [CompatibilityRule(16)]
    public async Task A_profile_may_be_asked_for_by_a_bare_string()
    {
        var account = await server.NewAccountAsync();
        await using var talk = await server.TalkAsync(account);
        var (consumer, agent) = (talk.Consumer, talk.Agent);

        var answer = await agent.DoAsync(".ams.userprofile.GetUserProfile", $"\"{consumer.UserId}\"");

        Assert.Equal(".ams.userprofile.GetUserProfile$Response", answer.Type);
        Assert.Equal(consumer.UserId, (string?)answer.Body!["userId"]);
    }

    [Theory]
    [MemberData(nameof(Malformed))]
    [ClientRule(3)]
    public async Task What_is_no_request_is_answered_400_and_the_socket_lives(string text, string reqId)
    {
        await using var client = await server.ConsumerAsync("demo");

        await client.SendAsync(text);

        var answer = await client.AnswerAsync(reqId);
        Assert.Equal((400, ".ReqBody$ErrorResp"), (answer.Code, answer.Type));
        await client.CatchUpAsync();
    }

    [Theory]
    [MemberData(nameof(HalfSurrogates))]
    [ClientRule(3)]
    public async Task Text_that_is_half_a_surrogate_pair_is_answered_400_and_the_socket_lives(string text)
    {
        await using var client = await server.ConsumerAsync("demo");

        await client.SendAsync(text);
        await client.SendAsync("""{"id":"after","type":"GetClock"}""");

        await client.AnswerAsync("after");
        Assert.Equal(400, client.Frames[0].Code);
    }

    [Fact]
    public async Task A_whole_surrogate_pair_in_escapes_is_text()
    {
        await using var client = await server.ConsumerAsync("demo");
        var dialog = await Talk.OpenConversationAsync(client);

        var answer = await client.DoAsync("ms.PublishEvent", $$$"""{"dialogId":"{{{dialog}}}","event":{"type":"ContentEvent","contentType":"text/plain","message":"\ud83d\ude00"}}""");

        Assert.Equal(0, (int)answer.Body!["sequence"]!);
    }

    [Theory]
    [InlineData("cm.Nothing")]
    [InlineData("getclock")]
    [InlineData("")]
    [InlineData("日本")]
    [InlineData(".ams.cm.ConsumerRequestConversation.and.more.than.any.name.has.letters.................................................................")]
    [ClientRule(3)]
    [CompatibilityRule(27)]
    public async Task An_unknown_type_is_answered_400_and_the_socket_lives(string type)
    {
        await using var client = await server.ConsumerAsync("demo");

        var answer = await client.RequestAsync(type);

        Assert.Equal((400, ".ReqBody$ErrorResp"), (answer.Code, answer.Type));
        Assert.Equal("Bad Request", (string?)answer.Body!["title"]);
        await client.CatchUpAsync();
    }

    [Fact]
    public async Task A_type_may_be_written_with_escapes()
    {
        await using var client = await server.ConsumerAsync("demo");

        await client.SendAsync("""{"id":"1","type":"Get\u0043lock"}""");

        Assert.Equal(200, (await client.AnswerAsync("1")).Code);
    }

    [Fact]
    [ClientRule(2)]
    [ClientRule(3)]
    [CompatibilityRule(3)]
    public async Task Every_frame_has_a_type_a_body_and_a_numeric_code()
    {
        var account = await server.NewAccountAsync();
        await using var talk = await server.TalkAsync(account);
        await talk.Consumer.SendAsync("""{"id":"i","type":"InitConnection","headers":[]}""");
        await talk.Consumer.AnswerAsync("i");
        await talk.Consumer.DoAsync("cqm.SubscribeExConversations");
        await talk.Consumer.DoAsync("ms.SubscribeMessagingEvents", $$"""{"dialogId":"{{talk.ConversationId}}"}""");
        await talk.Consumer.RequestAsync("ms.PublishEvent");
        await talk.Consumer.PublishAsync(talk.ConversationId, "Hello");
        await talk.Agent.NotificationAsync(".ams.ms.OnlineEventDistribution");

        foreach (var frame in talk.Consumer.Frames.Concat(talk.Agent.Frames))
        {
            Assert.NotNull(frame.Type);
            Assert.NotNull(frame.Body);
            if (frame.Kind == "resp") Assert.True(frame.Code >= 200, frame.Text);
        }
    }
}
