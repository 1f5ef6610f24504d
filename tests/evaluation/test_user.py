"""The person who signs in."""

import pytest
from django.contrib.auth import authenticate, get_user_model
from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, connection, transaction
from django.utils import translation

from config import settings as product

User = get_user_model()


@pytest.fixture
def person(db):
    return User.objects.create_user("lihua", password="correct horse", name="李华")


def test_a_person_signs_in_by_user_name(person):
    assert authenticate(username="lihua", password="correct horse") == person
    assert authenticate(username="lihua", password="wrong") is None
    assert authenticate(username="李华", password="correct horse") is None


def test_a_user_name_belongs_to_one_person(person):
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create_user("lihua", name="另一人")
    assert User.objects.count() == 1


def test_a_chinese_name_is_one_text(person):
    assert person.get_full_name() == person.get_short_name() == "李华"
    assert {"first_name", "last_name"}.isdisjoint(field.name for field in User._meta.get_fields())


def test_the_office_reads_the_columns_in_its_language():
    with translation.override("zh-hans"):
        assert str(User._meta.get_field("name").verbose_name) == "姓名"
        assert str(User._meta.app_config.verbose_name) == "单位、人员与评估周期"
    with translation.override("en"):
        assert str(User._meta.get_field("name").verbose_name) == "full name"


def test_the_product_stores_passwords_with_argon2(settings):
    settings.PASSWORD_HASHERS = product.PASSWORD_HASHERS
    assert make_password("correct horse").startswith("argon2$argon2id$")


def test_the_table_is_on_the_database_the_environment_names(person, settings):
    assert connection.settings_dict["ENGINE"] == settings.DATABASES["default"]["ENGINE"]
    assert User._meta.db_table in connection.introspection.table_names()
