using Parley.Server.Admin;
using Parley.Server.Hosting;
using Parley.Server.Identity;

namespace Parley.Operators;

/// <summary>Works in the folder itself, under its lock, while no server does.</summary>
internal sealed class LocalOperator : IOperator
{
    private readonly DataFolderLock _lock;
    private readonly IdentityServices _identity;
    private readonly Operations _operations;

    private LocalOperator(DataFolderLock held, IdentityServices identity, IdentityOptions options) =>
        (_lock, _identity, _operations) = (held, identity, new Operations(identity, options));

    public static async Task<LocalOperator> OpenAsync(DataFolder folder, DataFolderLock held)
    {
        var options = ServerConfiguration.Load([new("Data", folder.Path)], Environment.GetEnvironmentVariables()).Identity;
        return new LocalOperator(held, await IdentityServices.OpenAsync(folder.Accounts, options, "localhost", TimeProvider.System), options);
    }

    public Task<TResult> RunAsync<TRequest, TResult>(Operation<TRequest, TResult> operation, TRequest request)
        where TRequest : class
        where TResult : class => operation.RunAsync(_operations, request);

    public ValueTask DisposeAsync()
    {
        _identity.Dispose();
        _lock.Dispose();
        return ValueTask.CompletedTask;
    }
}
