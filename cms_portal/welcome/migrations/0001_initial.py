import cms_portal.programs
import django.db.models.deletion
import django.db.models.functions.text
import phonenumber_field.modelfields
import simple_history.models
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('offices', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='HistoricalNewsItem',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('request_id', models.UUIDField(editable=False, null=True)),
                ('program', models.CharField(choices=cms_portal.programs.choices, max_length=16)),
                ('title', models.CharField(max_length=120, verbose_name='title in English')),
                ('title_es', models.CharField(max_length=120, verbose_name='title in Spanish')),
                ('text', models.TextField(verbose_name='text in English')),
                ('text_es', models.TextField(verbose_name='text in Spanish')),
                ('written_at', models.DateTimeField(blank=True, editable=False)),
                ('sent_at', models.DateTimeField(blank=True, null=True)),
                ('history_id', models.BigAutoField(editable=False, primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.TextField(null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('sent_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'historical news item',
                'verbose_name_plural': 'historical news items',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='HistoricalPublicMessage',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('request_id', models.UUIDField(editable=False, null=True)),
                ('program', models.CharField(choices=cms_portal.programs.choices, max_length=16)),
                ('name', models.CharField(max_length=120, verbose_name='your name')),
                ('phone', phonenumber_field.modelfields.PhoneNumberField(blank=True, max_length=128, region=None, verbose_name='phone')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='email')),
                ('language', models.CharField(choices=[('en', 'English'), ('es', 'Spanish'), ('nv', 'Diné (Navajo)'), ('kee', 'Keres'), ('tew', 'Tewa'), ('twf', 'Tiwa'), ('tow', 'Towa (Jemez)'), ('zun', 'Zuni'), ('apm', 'Apache'), ('ase', 'American Sign Language'), ('cho', 'Choctaw'), ('vi', 'Vietnamese'), ('zh', 'Chinese'), ('ar', 'Arabic'), ('fr', 'French'), ('de', 'German'), ('ko', 'Korean'), ('tl', 'Tagalog'), ('ru', 'Russian'), ('hi', 'Hindi'), ('ja', 'Japanese'), ('other', 'Another language')], max_length=8, verbose_name='language you speak')),
                ('text', models.TextField(blank=True, verbose_name='your message')),
                ('wants_call', models.BooleanField(default=False, verbose_name='asks to be called')),
                ('best_time', models.CharField(blank=True, max_length=100, verbose_name='good time to call')),
                ('may_leave_message', models.BooleanField(blank=True, null=True, verbose_name='safe to leave a message')),
                ('key', models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                ('sent_at', models.DateTimeField(blank=True, editable=False)),
                ('history_id', models.BigAutoField(editable=False, primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.TextField(null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('county', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='offices.county')),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('office', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='offices.office')),
            ],
            options={
                'verbose_name': 'historical public message',
                'verbose_name_plural': 'historical public messages',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='HistoricalSubscription',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('request_id', models.UUIDField(editable=False, null=True)),
                ('program', models.CharField(choices=cms_portal.programs.choices, max_length=16)),
                ('email', models.EmailField(max_length=254, verbose_name='email')),
                ('language', models.CharField(choices=[('en', 'English'), ('es', 'Spanish')], default='en', max_length=2, verbose_name='language of the news')),
                ('asked_at', models.DateTimeField(blank=True, editable=False)),
                ('confirmed_at', models.DateTimeField(blank=True, null=True)),
                ('left_at', models.DateTimeField(blank=True, null=True)),
                ('history_id', models.BigAutoField(editable=False, primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.TextField(null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'historical subscription',
                'verbose_name_plural': 'historical subscriptions',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='NewsItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('program', models.CharField(choices=cms_portal.programs.choices, max_length=16)),
                ('title', models.CharField(max_length=120, verbose_name='title in English')),
                ('title_es', models.CharField(max_length=120, verbose_name='title in Spanish')),
                ('text', models.TextField(verbose_name='text in English')),
                ('text_es', models.TextField(verbose_name='text in Spanish')),
                ('written_at', models.DateTimeField(auto_now_add=True)),
                ('sent_at', models.DateTimeField(blank=True, null=True)),
                ('sent_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('sent_at__isnull', True), ('sent_by__isnull', True)), models.Q(('sent_at__isnull', False), ('sent_by__isnull', False)), _connector='OR'), name='news_sent_by_somebody')],
            },
        ),
        migrations.CreateModel(
            name='PublicMessage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('program', models.CharField(choices=cms_portal.programs.choices, max_length=16)),
                ('name', models.CharField(max_length=120, verbose_name='your name')),
                ('phone', phonenumber_field.modelfields.PhoneNumberField(blank=True, max_length=128, region=None, verbose_name='phone')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='email')),
                ('language', models.CharField(choices=[('en', 'English'), ('es', 'Spanish'), ('nv', 'Diné (Navajo)'), ('kee', 'Keres'), ('tew', 'Tewa'), ('twf', 'Tiwa'), ('tow', 'Towa (Jemez)'), ('zun', 'Zuni'), ('apm', 'Apache'), ('ase', 'American Sign Language'), ('cho', 'Choctaw'), ('vi', 'Vietnamese'), ('zh', 'Chinese'), ('ar', 'Arabic'), ('fr', 'French'), ('de', 'German'), ('ko', 'Korean'), ('tl', 'Tagalog'), ('ru', 'Russian'), ('hi', 'Hindi'), ('ja', 'Japanese'), ('other', 'Another language')], max_length=8, verbose_name='language you speak')),
                ('text', models.TextField(blank=True, verbose_name='your message')),
                ('wants_call', models.BooleanField(default=False, verbose_name='asks to be called')),
                ('best_time', models.CharField(blank=True, max_length=100, verbose_name='good time to call')),
                ('may_leave_message', models.BooleanField(blank=True, null=True, verbose_name='safe to leave a message')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('sent_at', models.DateTimeField(auto_now_add=True)),
                ('county', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='public_messages', to='offices.county')),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='public_messages', to='offices.office')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('phone', ''), _negated=True), models.Q(('email', ''), _negated=True), _connector='OR'), name='message_can_be_answered'), models.CheckConstraint(condition=models.Q(models.Q(('best_time', ''), ('may_leave_message__isnull', True), ('wants_call', False), models.Q(('text', ''), _negated=True)), models.Q(('may_leave_message__isnull', False), ('wants_call', True), models.Q(('phone', ''), _negated=True)), _connector='OR'), name='message_says_something_or_asks_for_a_call')],
            },
        ),
        migrations.CreateModel(
            name='Subscription',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('program', models.CharField(choices=cms_portal.programs.choices, max_length=16)),
                ('email', models.EmailField(max_length=254, verbose_name='email')),
                ('language', models.CharField(choices=[('en', 'English'), ('es', 'Spanish')], default='en', max_length=2, verbose_name='language of the news')),
                ('asked_at', models.DateTimeField(auto_now_add=True)),
                ('confirmed_at', models.DateTimeField(blank=True, null=True)),
                ('left_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(models.F('program'), django.db.models.functions.text.Lower('email'), condition=models.Q(('left_at__isnull', True)), name='one_subscription_per_email')],
            },
        ),
        migrations.CreateModel(
            name='NewsCopy',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sent_at', models.DateTimeField(auto_now_add=True)),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='copies', to='welcome.newsitem')),
                ('subscription', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='copies', to='welcome.subscription')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('item', 'subscription'), name='one_copy_each')],
            },
        ),
        migrations.CreateModel(
            name='HistoricalNewsCopy',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('request_id', models.UUIDField(editable=False, null=True)),
                ('sent_at', models.DateTimeField(blank=True, editable=False)),
                ('history_id', models.BigAutoField(editable=False, primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.TextField(null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('item', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='welcome.newsitem')),
                ('subscription', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='welcome.subscription')),
            ],
            options={
                'verbose_name': 'historical news copy',
                'verbose_name_plural': 'historical news copys',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
    ]
